"""What services are audited against.

A framework is a published set of domains, standards and questions, with the rules that turn the answers into
judgements: the scale of answers, the bands, the caps and the coverage that is needed. It is written as data
files, and once a version is published nothing in it can change, so that every audit can be read, and judged
again, by the words and rules it was made with. A change is a new version.
"""

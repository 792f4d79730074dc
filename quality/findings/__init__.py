"""What was found at one audit: answers, the findings the provider must see, and the judgement with its reasons."""

"""What the service tells people: notices on their home page. E-mail will be another way to deliver the same notices."""

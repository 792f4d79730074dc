"""Staff and provider contacts: who they are, how they sign in, and what their roles let them do."""

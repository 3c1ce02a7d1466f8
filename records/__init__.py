"""What we know: people, consents, memories, decisions and offers in SQL, and their context in the vector store."""

-- What decided the due time of the next poll; none before the first.
ALTER TABLE source ADD COLUMN due_because TEXT;

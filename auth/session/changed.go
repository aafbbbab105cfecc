package session

// Changed says that a sign-in brought somebody else than the last one on its
// profile. The sign-in is not over: the person has to say whether it is them.
type Changed struct {
	Now, Before Person
}

// Person is who signed in, as verified tokens describe them.
type Person struct {
	Sub, Issuer string
	Name        string // as Session.Name; not cleaned
}

// Person gives who is signed in.
func (s Session) Person() Person { return Person{s.Sub, s.Issuer, s.Name()} }

// Fact is one cleaned sentence about what changed.
func (c *Changed) Fact() string {
	now, before := Clean(c.Now.Name, 100), Clean(c.Before.Name, 100)
	switch {
	case now != before:
		return "You signed in as " + now + "; last time it was " + before + "."
	case c.Now.Issuer != c.Before.Issuer:
		return "You signed in as " + now + " of " + Clean(c.Now.Issuer, 120) + "; last time it was the one of " + Clean(c.Before.Issuer, 120) + "."
	}
	return "You signed in as " + now + ", but with another account than last time under the same name."
}

// Question is the cleaned sentence to ask after Fact.
func (c *Changed) Question() string { return "Go on as " + Clean(c.Now.Name, 100) + "?" }

// Error implements error: the sign-in waits for an answer.
func (c *Changed) Error() string { return c.Fact() + " Nobody has said yet whether to go on." }

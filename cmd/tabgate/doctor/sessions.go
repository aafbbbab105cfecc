package doctor

import (
	"fmt"

	"github.com/authtabs/tabgate/auth/store"
)

// mostSessions is how many stored sessions get a line of their own.
const mostSessions = 20

// sessions lists what the user's stores hold, a line each, as the index says;
// no keyring is asked.
func (e *exam) sessions() {
	const end = "tabgate logout --all ends every stored session"
	if e.StoredErr != nil {
		e.add("session", Warn, "what is stored cannot be told: "+e.StoredErr.Error(), "mend the state directory")
		return
	}
	if len(e.Stored) == 0 {
		e.add("session", OK, "none is stored", "")
	}
	for i, s := range e.Stored {
		id := "session"
		if i > 0 {
			id = fmt.Sprintf("session-%d", i+1)
		}
		if i == mostSessions {
			e.add(id, Warn, fmt.Sprintf("and %d more", len(e.Stored)-i), end)
			break
		}
		detail := s.String()
		if s.Account.ClientID != "" {
			detail += ", app client " + s.Account.ClientID
		}
		if !s.Since.IsZero() {
			detail += ", since " + s.Since.Local().Format("2006-01-02 15:04")
		}
		switch {
		case s.Ended:
			e.add(id, Warn, detail+": signed out, but not deleted", end)
		case e.inForce(s):
			e.add(id, OK, detail+": the one in use", "")
		default:
			e.add(id, OK, detail, "")
		}
	}
}

// inForce reports whether a session is the one that the settings lead to.
func (e *exam) inForce(s store.Entry) bool {
	return e.Config.Configured() && e.Store != nil && s.Store == e.Store.Kind() && s.Account.Key() == e.account().Key()
}

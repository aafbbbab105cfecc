package doctor

import (
	"fmt"

	"github.com/authtabs/tabgate/auth/store"
)

// mostSessions is how many stored sessions get a line of their own.
const mostSessions = 20

// checkSessions lists what the user's stores hold, a line each, as the index says;
// no keyring is asked.
func checkSessions(d Deps) (checks []Check) {
	const end = "tabgate logout --all ends every stored session"
	if d.StoredErr != nil {
		return []Check{warn("session", "what is stored cannot be told: "+d.StoredErr.Error(), "repair the state directory")}
	}
	if len(d.Stored) == 0 {
		return []Check{ok("session", "none is stored")}
	}
	for i, s := range d.Stored {
		id := "session"
		if i > 0 {
			id = fmt.Sprintf("session-%d", i+1)
		}
		if i == mostSessions {
			checks = append(checks, warn(id, fmt.Sprintf("and %d more", len(d.Stored)-i), end))
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
			checks = append(checks, warn(id, detail+": signed out, but not deleted", end))
		case d.inForce(s):
			checks = append(checks, ok(id, detail+": the one in use"))
		default:
			checks = append(checks, ok(id, detail))
		}
	}
	return checks
}

// inForce reports whether a session is the one that the settings lead to.
func (d Deps) inForce(s store.Entry) bool {
	return d.Config.Configured() && d.Store != nil && s.Store == d.Store.Kind() && s.Account.Key() == d.account().Key()
}

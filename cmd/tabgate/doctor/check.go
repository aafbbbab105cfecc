package doctor

import "github.com/authtabs/tabgate/auth/session"

// Status is the verdict of one check.
type Status string

// The verdicts: Warn is worth knowing and stops nobody, Skip was not looked
// at because something before it failed or does not apply.
const (
	OK   Status = "ok"
	Warn Status = "warn"
	Fail Status = "fail"
	Skip Status = "skip"
)

// Check is one line of the report, in the shape of `doctor --json`. Detail
// and Fix are cleaned, one line each; Fix is "" where there is nothing to do.
type Check struct {
	ID     string `json:"id"`
	Status Status `json:"status"`
	Detail string `json:"detail"`
	Fix    string `json:"fix"`
	// Away says of a failure that nobody answered: the network or the
	// provider is at fault, not what is configured.
	Away bool `json:"-"`
}

// Healthy reports whether no check failed.
func Healthy(checks []Check) bool {
	for _, c := range checks {
		if c.Status == Fail {
			return false
		}
	}
	return true
}

func ok(id, detail string) Check { return check(id, OK, detail, "") }

func warn(id, detail, fix string) Check { return check(id, Warn, detail, fix) }

func fail(id, detail, fix string) Check { return check(id, Fail, detail, fix) }

// away is a failure because no answer came.
func away(id, detail, fix string) Check {
	c := fail(id, detail, fix)
	c.Away = true
	return c
}

// skip has a check for each id, all for one reason.
func skip(why string, ids ...string) (checks []Check) {
	for _, id := range ids {
		checks = append(checks, check(id, Skip, why, ""))
	}
	return checks
}

func check(id string, status Status, detail, fix string) Check {
	return Check{ID: id, Status: status, Detail: session.Clean(detail, 400), Fix: session.Clean(fix, 400)}
}

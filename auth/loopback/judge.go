package loopback

import (
	"net/url"
	"strings"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
)

const (
	maxQuery = 8 << 10 // bytes of a query; a real one has a few hundred
	maxCode  = 2048    // bytes of an authorization code; Cognito's is a UUID
	maxShown = 200     // runes of the provider's description on a screen
)

// Answer is what the provider sent back through the browser.
type Answer struct {
	Code   secret.Text
	Issuer string // the iss parameter (RFC 9207), "" as Cognito sends none
}

// kind is what becomes of one callback.
type kind int

const (
	stranger  kind = iota // not of this attempt: refused, the sign-in goes on
	malformed             // of this attempt or not, unusable: refused, the sign-in goes on
	final                 // of this attempt: the sign-in goes on with the code, or ends with an error
)

// verdict is the judgement on one query.
type verdict struct {
	kind   kind
	answer Answer
	err    error  // of a final verdict: what ended the sign-in
	hint   string // of the others: a sentence for the waiting person, "" for nothing
}

// expectation is what a callback has to prove.
type expectation struct {
	state  secret.Text
	issuer string // "" when it is not known before the first token
}

// judge decides on the query of a callback or of a pasted address:
//
//	query                                     | verdict
//	------------------------------------------|------------------------------
//	broken encoding, over 8 kB                | malformed
//	state missing, empty, repeated or another | stranger
//	code, error or iss repeated               | malformed
//	code and error, or neither                | malformed
//	iss that is not the expected issuer       | final: *IssuerError
//	error                                     | final: *ProviderError
//	code over 2048 bytes or not VSCHAR        | malformed
//	code                                      | final: Answer
//
// Only who holds the state can end a sign-in, so a page that merely points
// the browser here can neither abort it nor slip in its own code. Tokens in
// the query (the implicit grant) are never looked at.
func (e expectation) judge(rawQuery string) verdict {
	q, err := url.ParseQuery(rawQuery)
	if err != nil || len(rawQuery) > maxQuery {
		return verdict{kind: malformed, hint: "An answer came that cannot be read; still waiting."}
	}
	if !e.proves(q["state"]) {
		return verdict{kind: stranger, hint: strangerHint(q)}
	}
	code, failure, iss := q["code"], q["error"], q["iss"]
	if len(code)+len(failure) != 1 || len(iss) > 1 {
		return verdict{kind: malformed, hint: "An answer came that is incomplete or contradicts itself; still waiting."}
	}
	if len(iss) == 1 && e.issuer != "" && iss[0] != e.issuer {
		return verdict{kind: final, err: &IssuerError{Got: e.hide(iss[0]), Want: e.issuer}}
	}
	if len(failure) == 1 {
		return verdict{kind: final, err: &ProviderError{Code: e.hide(failure[0]), Description: e.hide(q.Get("error_description"))}}
	}
	if !plausibleCode(code[0]) {
		return verdict{kind: malformed, hint: "An answer came whose code cannot be one; still waiting."}
	}
	v := verdict{kind: final, answer: Answer{Code: secret.New(code[0])}}
	if len(iss) == 1 {
		v.answer.Issuer = iss[0]
	}
	return v
}

// proves compares the state in constant time. An empty expectation, before
// the attempt has begun, is met by nothing.
func (e expectation) proves(state []string) bool {
	return !e.state.Empty() && len(state) == 1 && e.state.Equal(state[0])
}

// hide takes the state out of what a careless provider says of it: it is
// shown on the screen and on the page.
func (e expectation) hide(text string) string {
	return strings.ReplaceAll(text, e.state.Reveal(), "[redacted]")
}

// plausibleCode follows RFC 6749 appendix A.11: code = 1*VSCHAR.
func plausibleCode(code string) bool {
	if code == "" || len(code) > maxCode {
		return false
	}
	for i := range len(code) {
		if code[i] < 0x20 || code[i] > 0x7e {
			return false
		}
	}
	return true
}

// strangerHint tells the waiting person of an answer that was refused. What
// the provider seems to say is worth reading even unproved: Cognito leaves
// the state out of some of its error redirects.
func strangerHint(q url.Values) string {
	switch {
	case q.Get("error") != "":
		said := q.Get("error_description")
		if said == "" {
			said = q.Get("error")
		}
		return "The browser reports, without proof that it is about this sign-in: " +
			session.Clean(said, maxShown) + ". Still waiting; esc gives up."
	case len(q) == 0:
		return ""
	}
	return "An answer from another attempt came and was refused; use the page that this sign-in opened."
}

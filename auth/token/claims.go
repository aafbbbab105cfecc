package token

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token/strict"
)

// Claims is what two verified tokens say about one person.
type Claims struct {
	Issuer        string
	Subject       string      // the stable id; the only key for a person
	Username      string      // cognito:username
	Email         string      // for display, never a key
	EmailVerified bool        // also from the string "true"
	Groups        []string    // cognito:groups of the ID token, exact bytes, may be nil
	Scopes        []string    // scope of the access token
	Nonce         secret.Text // of the sign-in; may be empty
	OriginID      string      // origin_jti: one for all tokens of a sign-in
	IssuedAt      time.Time
	AuthTime      time.Time // zero when the token does not say
	Expiry        time.Time // of the ID token
	AccessExpiry  time.Time
	Warnings      []string // odd but harmless; one clean sentence each
}

// maxGroups bounds cognito:groups; Cognito allows 100 groups a user.
const maxGroups = 1000

// farthest is the last second of the year 9999; times beyond are nonsense.
const farthest = 253402300799

// payload is one token's claims with their types checked.
type payload struct {
	iss, sub, use, azp, nonce, atHash, origin string
	clientID, username, email, scope          string
	emailVerified                             bool
	aud, groups                               []string
	exp, iat, nbf, authTime                   time.Time
	warnings                                  []string // one sentence for each claim that was left out
}

// reader reads claims of one token. It keeps the first thing wrong with those
// that decide, and a warning for each of the others that was left out.
type reader struct {
	obj      strict.Object
	what     string
	err      *Error
	warnings []string
}

// readPayload checks the types of every claim we look at:
//
//	claim                                       | odd
//	--------------------------------------------|-------------------------
//	iss sub aud azp exp iat nbf auth_time nonce | refused
//	at_hash token_use client_id cognito:groups  | refused
//	user email email_verified scope origin_jti  | left out, with a warning
//	any other                                   | not looked at
//
// user is the claim that names the person: cognito:username in ID tokens,
// username in access tokens.
func (r *reader) readPayload(user string) (payload, *Error) {
	p := payload{
		iss: r.must("iss"), sub: r.must("sub"), use: r.must("token_use"),
		azp: r.text("azp"), nonce: r.text("nonce"), atHash: r.text("at_hash"), clientID: r.text("client_id"),
		username: r.shown(user), email: r.shown("email"), scope: r.shown("scope"), origin: r.shown("origin_jti"),
		emailVerified: r.shownBool("email_verified"),
		aud:           r.audience(), groups: r.groups(),
		exp: r.mustTime("exp"), iat: r.mustTime("iat"), nbf: r.time("nbf"), authTime: r.time("auth_time"),
	}
	p.warnings = r.warnings
	return p, r.err
}

func (r *reader) fail(name, why string) {
	if r.err == nil {
		r.err = refuse(Malformed, r.what, "its claim %s is %s", name, why)
	}
}

func (r *reader) must(name string) string {
	s := r.text(name)
	if s == "" {
		r.fail(name, "missing")
	}
	return s
}

// text reads an optional string. An absent claim, null and "" are the same.
func (r *reader) text(name string) string {
	if r.obj.Null(name) {
		return ""
	}
	s, err := strict.Text(r.obj[name])
	if err != nil {
		r.fail(name, err.Error())
	}
	return s
}

func (r *reader) mustTime(name string) time.Time {
	t := r.time(name)
	if t.IsZero() {
		r.fail(name, "missing")
	}
	return t
}

// time reads seconds since 1970, or the zero time when the claim is absent.
func (r *reader) time(name string) time.Time {
	if r.obj.Null(name) {
		return time.Time{}
	}
	n, err := strict.Integer(r.obj[name])
	if err != nil || n <= 0 || n > farthest {
		r.fail(name, "not a time in whole seconds")
		return time.Time{}
	}
	return time.Unix(n, 0)
}

// audience reads aud, a string or an array of strings (RFC 7519 section
// 4.1.3).
func (r *reader) audience() []string {
	raw := r.obj["aud"]
	if r.obj.Null("aud") {
		return nil
	}
	if raw[0] == '"' {
		return []string{r.text("aud")}
	}
	list, err := strict.Texts(raw, 32)
	if err != nil {
		r.fail("aud", err.Error())
	}
	return list
}

// groups reads cognito:groups. Cognito leaves it out for a user in no group
// and sends an array otherwise; a string is never split. A name with U+FFFD
// in it is refused, since a broken name may have become it on its way.
func (r *reader) groups() []string {
	const name = "cognito:groups"
	if r.obj.Null(name) {
		return nil
	}
	list, err := strict.Texts(r.obj[name], maxGroups)
	if err != nil {
		r.fail(name, err.Error())
		return nil
	}
	for _, group := range list {
		if group == "" || strings.ContainsRune(group, utf8.RuneError) {
			r.fail(name, "a list with an empty or broken name")
			return nil
		}
	}
	return list
}

package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// issuers says which issuer's tokens are trusted: the configured one, one of
// those that a user pool id gives, or the one that was trusted on first use.
type issuers struct {
	configured string   // "" where none is
	allowed    []string // Options.Issuers
	domain     *url.URL
	account    store.Account
	dir        string
	now        func() time.Time
}

// pin is the issuer that was trusted on first use, as a file of the state
// directory.
type pin struct {
	Domain   string    `json:"domain"`
	ClientID string    `json:"client_id"`
	Issuer   string    `json:"issuer"`
	Since    time.Time `json:"since"`
}

func (t *issuers) pinFile() string { return filepath.Join(t.dir, t.account.Key()+".issuer") }

// pinned is the issuer trusted earlier, "" when there is none yet. A pin that
// cannot be read is an error: treating it as none would trust whoever broke it.
func (t *issuers) pinned() (string, error) {
	data, err := store.ReadPrivate(t.pinFile(), 8<<10)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	issuer := ""
	if err == nil {
		issuer, err = readPin(data, t.account)
	}
	if err != nil {
		return "", mark(ErrConfig, fmt.Errorf("the pinned issuer cannot be read; set COGNITO_ISSUER, or remove %s and sign in again", t.pinFile()))
	}
	return issuer, nil
}

// readPin gives the issuer of a pin that may be anything at all.
func readPin(data []byte, a store.Account) (string, error) {
	var p pin
	if err := json.Unmarshal(data, &p); err != nil {
		return "", fmt.Errorf("read the pin: %w", err)
	}
	if p.Domain != a.Domain || p.ClientID != a.ClientID {
		return "", errors.New("the pin is another account's")
	}
	if err := token.CheckIssuer(p.Issuer); err != nil {
		return "", err
	}
	return p.Issuer, nil
}

func (t *issuers) writePin(issuer string) error {
	if t.configured != "" {
		return nil
	}
	if old, err := t.pinned(); err == nil && old == issuer {
		return nil
	}
	data, err := json.Marshal(pin{t.account.Domain, t.account.ClientID, issuer, t.now().UTC()})
	if err != nil {
		return fmt.Errorf("describe the pin: %w", err)
	}
	if err = store.PrivateDir(t.dir); err == nil {
		err = store.WritePrivate(t.pinFile(), data)
	}
	if err != nil {
		return fmt.Errorf("pin the issuer: %w", err)
	}
	return nil
}

// expected is the issuer that tokens must come from, "" when the first ones
// will decide it. A pin that the configured user pool id contradicts is none.
func (t *issuers) expected() (string, error) {
	if t.configured != "" {
		return t.configured, nil
	}
	known, err := t.pinned()
	if len(t.allowed) > 0 && !slices.Contains(t.allowed, known) {
		return "", err
	}
	return known, err
}

// known are those that may have signed the tokens of a sign-in that begins now,
// as far as that can be known: more than one where a user pool id gives several
// forms.
func (t *issuers) known() ([]string, error) {
	if t.configured == "" && len(t.allowed) > 0 {
		return t.allowed, nil
	}
	issuer, err := t.expected()
	if err != nil || issuer == "" {
		return nil, err
	}
	return []string{issuer}, nil
}

// named is the issuer that an answer's iss parameter must name for the browser
// to be believed: known, unless a change to another of the pool's own issuers
// is to be followed, which verifyNew decides once the token is there.
func (t *issuers) named(known string) string {
	if t.configured == "" && len(t.allowed) > 0 {
		return ""
	}
	return known
}

// forTokens says which issuer a new ID token, straight from the token
// endpoint over TLS, must be verified against:
//
//	configured | pinned | token says        | then
//	-----------|--------|-------------------|---------------------------------
//	yes        |        |                   | the configured one
//	no         | yes    | the same          | the pinned one
//	no         | yes    | another           | refused, with the way to accept it
//	no         | no     | fits the domain   | that one; pinned once it verified
//	no         | no     | does not fit      | refused
//	pool id    | any    | a form of it      | that one; pinned once it verified
//	pool id    | any    | anything else     | refused
func (t *issuers) forTokens(id secret.Text) (string, error) {
	known, err := t.expected()
	if err != nil || t.configured != "" {
		return known, err
	}
	said, err := token.UnverifiedIssuer(id)
	if err != nil {
		return "", err
	}
	switch {
	case slices.Contains(t.allowed, said):
		return said, nil
	case len(t.allowed) > 0:
		return "", mark(ErrConfig, fmt.Errorf(
			"the tokens come from %s, which is not the user pool of COGNITO_USER_POOL_ID; compare it with the pool of COGNITO_DOMAIN",
			session.Clean(said, 120)))
	case known == said:
		return known, nil
	case known != "":
		return "", mark(ErrConfig, fmt.Errorf(
			"the user pool's tokens now come from %s, not from %s as before, and are refused; if the pool was really replaced, set COGNITO_ISSUER to the new one, or remove %s and sign in again",
			session.Clean(said, 120), session.Clean(known, 120), t.pinFile()))
	}
	return said, token.CheckIssuerForm(said, t.domain)
}

// followed is the issuer that refreshed tokens must be verified against: the
// session's own, or the one that the pool was switched to where its id allows
// both.
func (t *issuers) followed(before token.Claims, id secret.Text) string {
	if t.configured != "" || id.Empty() {
		return before.Issuer
	}
	if said, err := token.UnverifiedIssuer(id); err == nil && slices.Contains(t.allowed, said) {
		return said
	}
	return before.Issuer
}

// forStored is the issuer that a stored session must be verified against. A
// session whose pin was lost with the state directory must at least fit the
// domain. Where a user pool id allows two issuers, the session may be of either:
// its pool may have been switched since, or the pin written just before a kill.
func (t *issuers) forStored(saved store.Saved) (string, error) {
	if t.configured == "" && len(t.allowed) > 0 {
		if !slices.Contains(t.allowed, saved.Issuer) {
			return "", mark(ErrConfig, fmt.Errorf("the stored session is not of the user pool of COGNITO_USER_POOL_ID; sign in again"))
		}
		return saved.Issuer, nil
	}
	known, err := t.expected()
	if err != nil || known != "" {
		return known, err
	}
	return saved.Issuer, token.CheckIssuerForm(saved.Issuer, t.domain)
}

package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// pin is the issuer that was trusted on first use, as a file of the state
// directory.
type pin struct {
	Domain   string    `json:"domain"`
	ClientID string    `json:"client_id"`
	Issuer   string    `json:"issuer"`
	Since    time.Time `json:"since"`
}

func (s *Service) pinFile() string { return filepath.Join(s.dir, s.account.Key()+".issuer") }

// pinned is the issuer trusted earlier, "" when there is none yet. A pin that
// cannot be read is an error: treating it as none would trust whoever broke it.
func (s *Service) pinned() (string, error) {
	data, err := store.ReadPrivate(s.pinFile(), 8<<10)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	issuer := ""
	if err == nil {
		issuer, err = readPin(data, s.account)
	}
	if err != nil {
		return "", mark(ErrConfig, fmt.Errorf("the pinned issuer cannot be read; set COGNITO_ISSUER, or remove %s and sign in again", s.pinFile()))
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

func (s *Service) keepPin(issuer string) error {
	if s.o.Cognito.Issuer != "" {
		return nil
	}
	if old, err := s.pinned(); err == nil && old == issuer {
		return nil
	}
	data, err := json.Marshal(pin{s.account.Domain, s.account.ClientID, issuer, s.o.Now().UTC()})
	if err != nil {
		return fmt.Errorf("describe the pin: %w", err)
	}
	if err = store.PrivateDir(s.dir); err == nil {
		err = store.WritePrivate(s.pinFile(), data)
	}
	if err != nil {
		return fmt.Errorf("pin the issuer: %w", err)
	}
	return nil
}

// expected is the issuer that tokens must come from, "" when the first ones
// will decide it. A pin that the configured user pool id contradicts is none.
func (s *Service) expected() (string, error) {
	if s.o.Cognito.Issuer != "" {
		return s.o.Cognito.Issuer, nil
	}
	known, err := s.pinned()
	if len(s.o.Issuers) > 0 && !slices.Contains(s.o.Issuers, known) {
		return "", err
	}
	return known, err
}

// named is the issuer that an answer's iss parameter must name for the browser
// to be believed: known, unless a change to another of the pool's own issuers
// is to be followed, which admit decides once the token is there.
func (s *Service) named(known string) string {
	if s.o.Cognito.Issuer == "" && len(s.o.Issuers) > 0 {
		return ""
	}
	return known
}

// issuerFor says which issuer a new ID token, straight from the token
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
func (s *Service) issuerFor(id secret.Text) (string, error) {
	known, err := s.expected()
	if err != nil || s.o.Cognito.Issuer != "" {
		return known, err
	}
	said, err := token.UnverifiedIssuer(id)
	if err != nil {
		return "", err
	}
	switch {
	case slices.Contains(s.o.Issuers, said):
		return said, nil
	case len(s.o.Issuers) > 0:
		return "", mark(ErrConfig, fmt.Errorf(
			"the tokens come from %s, which is not the user pool of COGNITO_USER_POOL_ID; compare it with the pool of COGNITO_DOMAIN",
			session.Clean(said, 120)))
	case known == said:
		return known, nil
	case known != "":
		return "", mark(ErrConfig, fmt.Errorf(
			"the user pool's tokens now come from %s, not from %s as before, and are refused; if the pool was really replaced, set COGNITO_ISSUER to the new one, or remove %s and sign in again",
			session.Clean(said, 120), session.Clean(known, 120), s.pinFile()))
	}
	return said, token.CheckIssuerForm(said, s.o.Cognito.Domain)
}

// followed is the issuer that refreshed tokens must be verified against: the
// session's own, or the one that the pool was switched to where its id allows
// both.
func (s *Service) followed(before token.Claims, id secret.Text) string {
	if s.o.Cognito.Issuer != "" || id.Empty() {
		return before.Issuer
	}
	if said, err := token.UnverifiedIssuer(id); err == nil && slices.Contains(s.o.Issuers, said) {
		return said
	}
	return before.Issuer
}

// issuerOf is the issuer that a stored session must be verified against. A
// session whose pin was lost with the state directory must at least fit the
// domain. Where a user pool id allows two issuers, the session may be of either:
// its pool may have been switched since, or the pin written just before a kill.
func (s *Service) issuerOf(saved store.Saved) (string, error) {
	if s.o.Cognito.Issuer == "" && len(s.o.Issuers) > 0 {
		if !slices.Contains(s.o.Issuers, saved.Issuer) {
			return "", mark(ErrConfig, fmt.Errorf("the stored session is not of the user pool of COGNITO_USER_POOL_ID; sign in again"))
		}
		return saved.Issuer, nil
	}
	known, err := s.expected()
	if err != nil || known != "" {
		return known, err
	}
	return saved.Issuer, token.CheckIssuerForm(saved.Issuer, s.o.Cognito.Domain)
}

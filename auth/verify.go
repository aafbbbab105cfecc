package auth

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// maxKeys bounds the file of public keys, in bytes.
const maxKeys = 256 << 10

// verifier checks tokens and keeps the public keys of their issuers, in memory
// and in the state directory.
type verifier struct {
	issuers              *issuers
	http                 *http.Client
	dir                  string
	clientID             string
	resource, identifier string // "" = tokens may be for anything
	now                  func() time.Time

	mu   sync.Mutex
	keys map[string]*token.Keys // by issuer
}

func (v *verifier) keysFile(issuer string) string {
	sum := sha256.Sum256([]byte(issuer))
	return filepath.Join(v.dir, hex.EncodeToString(sum[:16])+".keys")
}

// keysOf gives the public keys of an issuer, the first time those stored in the
// state directory. Keys that cannot be read are as good as none: they are
// fetched when they are needed.
func (v *verifier) keysOf(issuer string) *token.Keys {
	v.mu.Lock()
	defer v.mu.Unlock()
	if keys := v.keys[issuer]; keys != nil {
		return keys
	}
	keys := token.NewKeys(v.http, issuer, v.now)
	if data, err := store.ReadPrivate(v.keysFile(issuer), maxKeys); err == nil {
		_ = keys.Restore(data)
	}
	v.keys[issuer] = keys
	return keys
}

// writeKeys writes the keys for the next start, when they are not those stored
// already. A failure costs the next start its session, not this one.
func (v *verifier) writeKeys(issuer string) {
	data := v.keysOf(issuer).Marshal()
	if data == nil || store.PrivateDir(v.dir) != nil {
		return
	}
	path := v.keysFile(issuer)
	if old, err := store.ReadPrivate(path, maxKeys); err == nil && bytes.Equal(old, data) {
		return
	}
	_ = store.WritePrivate(path, data)
}

// verify checks a pair of tokens of issuer and keeps the keys that fitted.
func (v *verifier) verify(ctx context.Context, issuer string, id, access secret.Text, w token.Want) (token.Claims, error) {
	w.Resource, w.Identifier = v.resource, v.identifier
	checks := token.NewVerifier(v.keysOf(issuer), issuer, v.clientID, v.now)
	claims, err := checks.Verify(ctx, id, access, w)
	if err == nil && !w.Offline {
		v.writeKeys(issuer)
	}
	return claims, err
}

// check verifies tokens from the store, signature and all: they are not
// trusted because of where they come from. Tokens that have ended but were
// good otherwise are no error, since they say whom to refresh.
func (v *verifier) check(ctx context.Context, saved store.Saved, offline bool) (token.Claims, error) {
	issuer, err := v.issuers.forStored(saved)
	if err != nil {
		return token.Claims{}, err
	}
	claims, err := v.verify(ctx, issuer, saved.ID, saved.Access, token.Want{Offline: offline})
	if tokenReason(err) == token.Expired {
		return claims, nil
	}
	return claims, err
}

// checkAnyhow is check with the stored keys and, where those do not do, with
// fetched ones.
func (v *verifier) checkAnyhow(ctx context.Context, saved store.Saved) (token.Claims, error) {
	claims, err := v.check(ctx, saved, true)
	if tokenReason(err) == token.Unreachable {
		return v.check(ctx, saved, false)
	}
	return claims, err
}

// refreshed verifies the answer to a refresh of before. Where the pool's keys
// changed and cannot be fetched just now, or the clock here is wrong, it
// returns the error and a set all the same: the new refresh token may be the
// only one left, so it must be stored with the tokens that could be verified.
func (v *verifier) refreshed(ctx context.Context, before lifecycle.Session, tokens cognito.Tokens) (store.Saved, token.Claims, error) {
	previous := before.Claims
	previous.Issuer = v.issuers.followed(previous, tokens.ID)
	claims, err := v.verify(ctx, previous.Issuer, tokens.ID, tokens.Access, token.Want{Previous: &previous, Skew: tokens.Skew})
	saved := store.Saved{ID: tokens.ID, Access: tokens.Access, Refresh: tokens.Refresh, Issuer: previous.Issuer, Since: before.Saved.Since}
	switch tokenReason(err) {
	case token.Unreachable, token.ClockBehind, token.Expired:
		claims, saved.ID, saved.Access, saved.Issuer = before.Claims, before.Saved.ID, before.Saved.Access, before.Claims.Issuer
	default:
		if err != nil {
			return store.Saved{}, token.Claims{}, err
		}
	}
	return saved, claims, err
}

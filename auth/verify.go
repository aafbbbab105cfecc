package auth

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// maxKeys bounds the file of public keys, in bytes.
const maxKeys = 256 << 10

func (s *Service) keysFile(issuer string) string {
	sum := sha256.Sum256([]byte(issuer))
	return filepath.Join(s.dir, hex.EncodeToString(sum[:16])+".keys")
}

// keysOf gives the public keys of an issuer, the first time those kept in the
// state directory. Keys that cannot be read are as good as none: they are
// fetched when they are needed.
func (s *Service) keysOf(issuer string) *token.Keys {
	s.mu.Lock()
	defer s.mu.Unlock()
	if keys := s.keys[issuer]; keys != nil {
		return keys
	}
	keys := token.NewKeys(s.hc, issuer, s.o.Now)
	if data, err := store.ReadPrivate(s.keysFile(issuer), maxKeys); err == nil {
		_ = keys.Restore(data)
	}
	s.keys[issuer] = keys
	return keys
}

// keepKeys writes the keys for the next start, when they are not those kept
// already. A failure costs the next start its session, not this one.
func (s *Service) keepKeys(issuer string) {
	data := s.keysOf(issuer).Marshal()
	if data == nil || store.PrivateDir(s.dir) != nil {
		return
	}
	path := s.keysFile(issuer)
	if old, err := store.ReadPrivate(path, maxKeys); err == nil && bytes.Equal(old, data) {
		return
	}
	_ = store.WritePrivate(path, data)
}

// verify checks a pair of tokens of issuer and keeps the keys that fitted.
func (s *Service) verify(ctx context.Context, issuer string, id, access secret.Text, w token.Want) (token.Claims, error) {
	w.Resource = s.o.Cognito.Resource
	v := token.NewVerifier(s.keysOf(issuer), issuer, s.o.Cognito.ClientID, s.o.Now)
	claims, err := v.Verify(ctx, id, access, w)
	if err == nil && !w.Offline {
		s.keepKeys(issuer)
	}
	return claims, err
}

// check verifies tokens from the store, signature and all: they are not
// trusted because of where they come from. Tokens that have ended but were
// good otherwise are no error, since they say whom to refresh.
func (s *Service) check(ctx context.Context, saved store.Saved, offline bool) (token.Claims, error) {
	issuer, err := s.issuerOf(saved)
	if err != nil {
		return token.Claims{}, err
	}
	claims, err := s.verify(ctx, issuer, saved.ID, saved.Access, token.Want{Offline: offline})
	if tokenReason(err) == token.Expired {
		return claims, nil
	}
	return claims, err
}

// checkAnyhow is check with the kept keys and, where those do not do, with
// fetched ones.
func (s *Service) checkAnyhow(ctx context.Context, saved store.Saved) (token.Claims, error) {
	claims, err := s.check(ctx, saved, true)
	if tokenReason(err) == token.Unreachable {
		return s.check(ctx, saved, false)
	}
	return claims, err
}

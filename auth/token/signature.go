package token

import (
	"context"
	"errors"

	"github.com/go-jose/go-jose/v4"
)

// ask travels in the context through go-oidc, which keeps only the text of a
// key set's error: what is wanted goes in, the typed error comes back.
type ask struct {
	offline bool
	refused *Error
}

type askKey struct{}

// VerifySignature implements oidc.KeySet: it checks the signature of a compact
// JWS and returns its payload. The token must name its key; go-oidc's own set
// tries every key when it does not.
func (k *Keys) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	a, _ := ctx.Value(askKey{}).(*ask)
	if a == nil {
		a = new(ask)
	}
	payload, refused := k.verifySignature(ctx, jwt, a.offline)
	if refused != nil {
		a.refused = refused
		return nil, refused
	}
	return payload, nil
}

func (k *Keys) verifySignature(ctx context.Context, jwt string, offline bool) ([]byte, *Error) {
	jws, err := jose.ParseSignedCompact(jwt, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return nil, refuse(Malformed, "token", "it is not a token signed with RS256")
	}
	kid := jws.Signatures[0].Header.KeyID
	if kid == "" {
		return nil, refuse(Malformed, "token", "it names no key")
	}
	key, refused := k.key(ctx, kid, offline)
	if refused != nil {
		return nil, refused
	}
	payload, err := jws.Verify(key.Key)
	if err != nil {
		return nil, refuse(Forged, "token", "its signature does not fit the pool's key; sign in again")
	}
	return payload, nil
}

// asError turns any error into an *Error.
func asError(err error) *Error {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e
	}
	return refuse(Malformed, "token", "%v", err)
}

package main

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/source"
)

// adminScope is that of tokens with which an account can be changed.
const adminScope = "aws.cognito.signin.user.admin"

// tokenTime is how long figures wait for a token that has to be refreshed.
const tokenTime = 20 * time.Second

// reader is the person at this machine, as the sources of a folder know who
// reads: by the session that there is when a source is read.
type reader struct {
	mu  sync.Mutex
	svc *auth.Service // nil = nobody can sign in
}

// use has the reader be whoever is signed in there.
func (r *reader) use(svc *auth.Service) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.svc = svc
}

// now is the reader as of now: nobody, where there is no session or no token
// that lasts.
func (r *reader) now(ctx context.Context) source.Reader {
	r.mu.Lock()
	svc := r.svc
	r.mu.Unlock()
	if svc == nil {
		return source.Reader{}
	}
	ctx, stop := context.WithTimeout(ctx, tokenTime)
	defer stop()
	raw, err := svc.Token(ctx, "access")
	if err != nil {
		return source.Reader{}
	}
	h, err := token.ReadAccess(raw)
	if err != nil {
		return source.Reader{}
	}
	return readerOf(callerOf(h, raw))
}

// callerOf is whom a verified token stands for. The token itself is with them
// unless the account could be changed with it.
func callerOf(h token.Holder, raw secret.Text) *gate.Caller {
	c := &gate.Caller{Issuer: h.Issuer, Sub: h.Subject, ID: h.ID, Groups: h.Groups, Expiry: h.Expiry, Claims: claimsOf(h)}
	if !slices.Contains(h.Scopes, adminScope) {
		c.Token = raw
	}
	return c
}

// readerOf is a caller of the gate as sources know their reader. A token that
// could change the account that it stands for goes to no source.
func readerOf(c *gate.Caller) source.Reader {
	if c == nil {
		return source.Reader{}
	}
	r := source.Reader{Claims: string(c.Claims), Until: c.Expiry}
	if c.Token != nil {
		r.Token = source.NewToken(c.Token.Reveal)
	}
	return r
}

// claimsOf are the verified claims that a database is told, written anew from
// what was understood of them: nothing else of the token reaches it. They hold
// nothing that differs from one token of a person to the next.
func claimsOf(h token.Holder) []byte {
	claims := map[string]any{
		"iss": h.Issuer, "sub": h.Subject, "client_id": h.ClientID, "token_use": "access",
	}
	if h.Username != "" {
		claims["username"] = h.Username
	}
	if len(h.Groups) > 0 {
		claims["cognito:groups"] = h.Groups
	}
	text, err := json.Marshal(claims)
	if err != nil {
		panic("texts are always JSON: " + err.Error())
	}
	return text
}

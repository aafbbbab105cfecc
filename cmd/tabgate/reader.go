package main

import (
	"encoding/json"

	"github.com/authtabs/tabgate/auth/token"
	"github.com/authtabs/tabgate/data/gate"
	"github.com/authtabs/tabgate/data/source"
)

// adminScope is that of tokens with which an account can be changed.
const adminScope = "aws.cognito.signin.user.admin"

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

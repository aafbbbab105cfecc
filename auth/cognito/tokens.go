package cognito

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
	"github.com/authtabs/tabgate/auth/token/strict"
	"golang.org/x/oauth2"
)

// Tokens is what the token endpoint gave. Refresh is the one to keep from now
// on: the new one where the pool rotates, else the one used.
type Tokens struct {
	ID, Access, Refresh secret.Text
	Skew                time.Duration // the provider's clock is ahead of ours by this; 0 = no telling difference
}

// Exchange trades the code of a redirect for tokens. The code is sent exactly
// once, whatever happens: it works only once.
func (c *Client) Exchange(ctx context.Context, code secret.Text, redirectURI string, a Attempt) (Tokens, error) {
	tokens, failed := c.grant(ctx, opExchange, redirectURI, func(ctx context.Context) (*oauth2.Token, error) {
		return c.oauth(redirectURI).Exchange(ctx, code.Reveal(), oauth2.VerifierOption(a.Verifier.Reveal()))
	})
	if failed == nil && tokens.ID.Empty() {
		failed = noIDToken(opExchange)
	}
	if failed != nil {
		return Tokens{}, failed
	}
	return tokens, nil
}

// grant lets x/oauth2 send one token request and judges the answer.
func (c *Client) grant(ctx context.Context, op, redirectURI string, send func(context.Context) (*oauth2.Token, error)) (Tokens, *Error) {
	if failed := c.resolve(ctx, op); failed != nil {
		return Tokens{}, failed
	}
	var said grantAnswer
	rec, hc, bounded, cancel := c.record(ctx, func(a *answer) []byte {
		said = readGrant(a).check(a.status)
		return said.canonical()
	})
	defer cancel()
	got, err := send(context.WithValue(bounded, oauth2.HTTPClient, hc))
	if rec.got == nil && rec.err == nil {
		return Tokens{}, c.noAnswer(ctx, op, firstError(bounded.Err(), errNotSent))
	}
	return c.judge(ctx, op, redirectURI, rec, said, got, err)
}

// judge turns an answer and what x/oauth2 made of it into tokens or an error.
func (c *Client) judge(ctx context.Context, op, redirectURI string, rec *recorder, said grantAnswer, got *oauth2.Token, err error) (Tokens, *Error) {
	switch {
	case rec.got == nil || said.Error != "" || rec.got.status != http.StatusOK:
		return Tokens{}, c.fail(ctx, op, rec, said.Error, said.Description, redirectURI)
	case said.problem != nil || err != nil:
		failed := c.fail(ctx, op, rec, "", "", redirectURI)
		if said.problem != nil && rec.got.json {
			failed.Help = "the provider's answer cannot be used: " + said.problem.Error() + "; check COGNITO_DOMAIN"
		}
		return Tokens{}, failed
	}
	id, _ := got.Extra("id_token").(string)
	return Tokens{
		ID: secret.New(id), Access: secret.New(got.AccessToken), Refresh: secret.New(got.RefreshToken),
		Skew: c.skew(rec.got),
	}, nil
}

// grantAnswer is a token answer as far as we use it (RFC 6749 sections 5.1
// and 5.2). expires_in is left out on purpose: the tokens say it themselves,
// signed.
type grantAnswer struct {
	Access      string `json:"access_token,omitempty"`
	ID          string `json:"id_token,omitempty"`
	Refresh     string `json:"refresh_token,omitempty"`
	Type        string `json:"token_type,omitempty"`
	Error       string `json:"error,omitempty"`
	Description string `json:"error_description,omitempty"`
	problem     error
}

var guardedGrant = strict.NewGuard("access_token", "id_token", "refresh_token", "token_type", "expires_in",
	"scope", "error", "error_description", "error_uri")

// readGrant reads an answer strictly. A problem leaves the other fields empty,
// but for those of an error.
func readGrant(a *answer) grantAnswer {
	if !a.json {
		return grantAnswer{problem: errors.New("it is not JSON")}
	}
	obj, err := guardedGrant.Parse(a.body)
	if err != nil {
		return grantAnswer{problem: err}
	}
	var g grantAnswer
	for _, field := range []struct {
		name string
		to   *string
		most int
	}{
		{"error", &g.Error, 1 << 10},
		{"error_description", &g.Description, 64 << 10},
		{"access_token", &g.Access, token.MaxToken},
		{"id_token", &g.ID, token.MaxToken},
		{"refresh_token", &g.Refresh, token.MaxToken},
		{"token_type", &g.Type, 64},
	} {
		if obj.Null(field.name) {
			continue
		}
		s, err := strict.Text(obj[field.name])
		if err != nil || len(s) > field.most {
			return grantAnswer{Error: g.Error, problem: errors.New(field.name + " is not a text of sane length")}
		}
		*field.to = s
	}
	return g
}

// check looks for what every good answer must hold.
func (g grantAnswer) check(status int) grantAnswer {
	switch {
	case g.problem != nil || g.Error != "" || status != http.StatusOK:
	case !strings.EqualFold(g.Type, "Bearer"):
		g.problem = errors.New("token_type is not Bearer")
	case g.Access == "" || !printable(g.Access):
		g.problem = errors.New("access_token is missing or has odd characters")
	case !printable(g.ID) || !printable(g.Refresh):
		g.problem = errors.New("a token has odd characters")
	}
	return g
}

// canonical is what x/oauth2 gets to read: the checked fields and nothing
// else.
func (g grantAnswer) canonical() []byte {
	if g.problem != nil {
		g = grantAnswer{Error: g.Error}
	}
	data, err := json.Marshal(g)
	if err != nil {
		return nil
	}
	return data
}

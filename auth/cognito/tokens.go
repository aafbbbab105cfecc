package cognito

import (
	"context"
	"net/http"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
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

func noIDToken(op string) *Error {
	return &Error{Kind: Malformed, Op: op, Help: "the answer has no ID token; add openid to COGNITO_SCOPES and allow it for the app client"}
}

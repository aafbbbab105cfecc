package client

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// Whoami asks the server who it takes the caller for.
func (c *Client) Whoami(ctx context.Context) (wire.Whoami, error) {
	text, err := c.get(ctx, wire.WhoamiPath, wire.MaxProblem)
	if err != nil {
		return wire.Whoami{}, err
	}
	var w wire.Whoami
	if err := decode(text, &w); err != nil {
		return wire.Whoami{}, &BadAnswerError{c.host(), "who you are: " + err.Error()}
	}
	return w, nil
}

// Refuses sends a token that nobody signed and nobody has, and returns nil if
// the server refuses it as it should.
func (c *Client) Refuses(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, documentTime)
	defer stop()
	now := c.o.Now()
	claims, err := json.Marshal(map[string]any{
		"iss": c.offer.Issuer, "client_id": c.offer.ClientID, "token_use": "access", "aud": c.offer.Server, "sub": "nobody",
		"cognito:groups": []string{"nobody"}, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(),
	})
	if err != nil {
		return err
	}
	part := base64.RawURLEncoding.EncodeToString
	resp, err := c.send(ctx, wire.WhoamiPath, wire.JSON, part([]byte(`{"alg":"none","typ":"JWT"}`))+"."+part(claims)+".", "")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusUnauthorized:
		return nil
	case http.StatusOK:
		return errors.New("the server takes a token that nobody signed: whoever asks gets everything")
	}
	return c.refusal(resp)
}

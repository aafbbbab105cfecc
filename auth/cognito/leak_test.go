package cognito

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/secret"
)

func TestT11NoWayOfPrintingShowsASecret(t *testing.T) {
	d := newDomain(t, says(200, granted))
	c, _ := d.client(t, withSecret)
	tokens, err := c.Exchange(t.Context(), secret.New(code), callback, attempt(t))
	if err != nil {
		t.Fatal(err)
	}
	a := Attempt{State: secret.New("canary-state"), Nonce: secret.New("canary-nonce"), Verifier: secret.New("canary-verifier")}
	cfg := config(d.URL)
	withSecret(&cfg)
	var log bytes.Buffer
	for name, value := range map[string]any{"client": c, "config": cfg, "tokens": tokens, "attempt": a, "pointer": &tokens} {
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", name, value)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", name, value)
		printed := string(encoded)
		for _, verb := range strings.Fields("%v %+v %#v %s %q %x") {
			printed += fmt.Sprintf(verb, value)
		}
		if strings.Contains(printed, "canary") || strings.Contains(printed, fmt.Sprintf("%x", "canary")) {
			t.Errorf("T-11: %s shows a secret", name)
		}
	}
	if strings.Contains(log.String(), "canary") {
		t.Errorf("T-11: the log shows a secret: %s", log.String())
	}
}

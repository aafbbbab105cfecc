package secret

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestNoWayOfPrintingShowsTheSecret(t *testing.T) {
	const canary = "canary-7f3a"
	in := New(canary)
	outer := struct {
		In  Text
		Ptr *Text
		Map map[string]Text
		in  Text
	}{in, &in, map[string]Text{"k": in}, in}
	encoded, err := json.Marshal(outer)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "in", in, "outer", outer)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "in", in, "outer", outer)
	all := []string{string(encoded), log.String(), fmt.Sprint(in, outer), fmt.Errorf("x: %v", in).Error()}
	for _, verb := range strings.Fields("%v %+v %#v %s %q %x %X %d %T %p %c") {
		all = append(all, fmt.Sprintf(verb, in), fmt.Sprintf(verb, outer), fmt.Sprintf(verb, &in))
	}
	for _, s := range all {
		if strings.Contains(s, canary) || strings.Contains(s, fmt.Sprintf("%x", canary)) {
			t.Errorf("leaked: %s", s)
		}
	}
	if !strings.Contains(string(encoded), redacted) {
		t.Errorf("JSON does not say that something is hidden: %s", encoded)
	}
	if in.Reveal() != canary || !in.Equal(canary) || in.Equal("canary-7f3b") || in.Equal("") {
		t.Error("the secret itself is lost or compares wrongly")
	}
}

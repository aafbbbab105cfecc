package js_test

import (
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// The commonest dates are read in a way of their own.
func TestToDate_TheCommonestAreReadAsTheOthers(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		zone = time.UTC
	}
	for text, want := range map[string]string{
		"2024-02-01":           "2024-02-01T00:00:00Z",
		"2024-02-29":           "2024-02-29T00:00:00Z",
		"2024-02-01T03:04:05":  "2024-02-01T08:04:05Z",
		"2024-07-01T03:04:05":  "2024-07-01T07:04:05Z",
		"2024-02-01T03:04:05Z": "2024-02-01T03:04:05Z",
		"2024-02-30":           "",
		"2024-13-01":           "",
		"2024-1x-01":           "",
		"2024-02-01T03:64:05":  "",
	} {
		if zone == time.UTC && len(text) == 19 {
			continue
		}
		got := ""
		if d := js.ToDate(text, zone); d == d {
			got = time.UnixMilli(int64(d)).UTC().Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

package main

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// tourOf is what the tour prints with a config file, its words parted by one
// blank each.
func tourOf(t *testing.T, config string) string {
	t.Helper()
	p := newPlace(t)
	args := []string{"demo", "--tour", "--size", "60x20"}
	if config != "" {
		args = append(args, "--config", p.write("mine.yaml", config))
	}
	got := p.run(args...)
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	return strings.Join(strings.Fields(got.out), " ")
}

// knocked is what somebody of a tour asks the gate for, and is answered.
func knocked(t *testing.T, tour, who string) string {
	t.Helper()
	_, after, ok := strings.Cut(tour, who+" asks the gate past the app")
	if !ok {
		t.Fatalf("%s does not ask the gate:\n%s", who, tour)
	}
	text, _, _ := strings.Cut(after, "===")
	return text
}

const (
	noToken = "401 Please login!"
	noGroup = "403 You do not have access. Please contact the administrator."
	walk    = "GET /v1/pages/plotting "
	city    = "GET /v1/pages/mapping "
	racks   = "GET /v1/pages/mapping/frames/bike_racks "
	stops   = "GET /v1/pages/mapping/frames/stops "
	rides   = "GET /v1/pages/mapping/frames/segments "
)

func TestG24TheTourShowsWhatAGateRefusesToAPatchedProgram(t *testing.T) {
	tour := tourOf(t, "")
	for who, want := range map[string][]string{
		"nobody":                  {"without a token:", walk + noToken, city + noToken, racks + noToken, stops + noToken, rides + noToken},
		"guest@example.com":       {"with the access token of guest@example.com:", walk + noGroup, city + noGroup, racks + noGroup, stops + noGroup, rides + noGroup},
		"underwriter@example.com": {walk + "200 Plotting Demo, its definition", city + noGroup, racks + noGroup, stops + noGroup, rides + noGroup},
		"analyst@example.com":     {walk + noGroup, city + "200 Mapping Demo, its definition", racks + "200 2520 rows", stops + "200 44 rows", rides + "200 45 rows"},
		"newcomer@example.com":    {walk + "200", city + noGroup},
	} {
		text := knocked(t, tour, who)
		for _, one := range want {
			if !strings.Contains(text, one) {
				t.Errorf("%s: the tour does not print %q:\n%s", who, one, text)
			}
		}
	}
	_, table, _ := strings.Cut(tour, "What the gate gave, past the app")
	for _, row := range []string{
		"nobody refused, 401 refused, 401", "underwriter@example.com given refused, 403", "analyst@example.com refused, 403 given",
		"both@example.com given given", "guest@example.com refused, 403 refused, 403", "newcomer@example.com given refused, 403",
	} {
		if !strings.Contains(table, row) {
			t.Errorf("the summary has no %q:\n%s", row, table)
		}
	}
	for _, u := range localpool.DemoPeople() {
		if strings.Contains(tour, u.Password) {
			t.Error("the tour prints a password")
		}
	}
}

// What a person's own config file opens is open in the app, and no gate asks it.
func TestG24APageThatOnesOwnConfigOpensIsRefusedByTheGate(t *testing.T) {
	tour := tourOf(t, "pages: {mapping: {groups: []}}\n")
	if !strings.Contains(tour, "guest@example.com, tab 3: open") && !strings.Contains(tour, "guest@example.com signed in from tab 3") {
		t.Errorf("the app does not open the page:\n%s", tour)
	}
	if text := knocked(t, tour, "guest@example.com"); !strings.Contains(text, city+noGroup) || !strings.Contains(text, racks+noGroup) {
		t.Errorf("the gate goes by the config file:\n%s", text)
	}
}

//go:build !windows

package terminal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// figures are a file as people have them: two years of months, three regions.
func figures() string {
	var b strings.Builder
	b.WriteString("month,region,amount\n")
	for i := range 24 {
		for k, region := range []string{"North", "South", "West"} {
			fmt.Fprintf(&b, "%d-%02d-01,%s,%d\n", 2024+i/12, i%12+1, region, 100*(k+1)+i*7)
		}
	}
	return b.String()
}

// in writes files below the home directory.
func (p *place) in(files map[string]string) {
	p.t.Helper()
	for name, text := range files {
		at := filepath.Join(p.home, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
}

func TestAFileFromTheFirstLookToAPageOfItsOwn(t *testing.T) {
	p := newPlace(t)
	p.in(map[string]string{"sales.csv": figures()})
	s := p.app("run", "sales.csv")
	s.see("72 rows · 3 columns")
	s.see("amount by month and region")
	if strings.Contains(s.words(), "signed out") {
		t.Errorf("the bar speaks of a sign-in:\n%s", s.words())
	}
	s.press("l", "there is nothing to sign in for")
	s.press("m", "next chart 2/")
	s.press("e", "page.yaml")
	s.press("p", "Saved ")
	s.quit()

	page, err := os.ReadFile(filepath.Join(p.home, "sales.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	p.in(map[string]string{"pages/1_Sales.yaml": string(page), "tabgate.yaml": "title: My figures\n"})
	if got := p.run("check"); got.code != 0 || got.out != "" {
		t.Fatalf("the page that was written is wrong: exit %d: %s%s", got.code, got.out, got.err)
	}
	s = p.app("run")
	s.see("My figures")
	s.press("2", "North")
	s.see("2024-01-01")
	s.quit()
}

func TestAFileIsLookedAtAsTheCommandLineSays(t *testing.T) {
	p := newPlace(t)
	p.in(map[string]string{"sales.csv": figures()})
	s := p.app("run", "sales.csv", "--where", "region = West and amount > 450", "--sort=-amount", "--columns", "month,amount", "--chart", "2")
	s.see("2025-12-01")
	s.see("next chart 2/")
	if words := s.words(); strings.Contains(words, "region ") && strings.Contains(words, "North") {
		t.Errorf("it shows what was left out:\n%s", words)
	}
	s.quit()
	for says, args := range map[string][]string{
		"there is no such file":          {"run", "nowhere.csv"},
		"did you mean amount?":           {"run", "sales.csv", "--sort", "amont"},
		"did you mean tabgate run sales": {"sales.csv"},
	} {
		if got := p.run(args...); got.code == 0 || !strings.Contains(got.err, says) {
			t.Errorf("%v: exit %d: %q", args, got.code, got.err)
		}
	}
}

func TestFilesWithTheSameColumnsAreOneTabToo(t *testing.T) {
	p := newPlace(t)
	p.in(map[string]string{"jan.csv": "day,n\n2024-01-01,1\n2024-01-02,2\n", "feb.csv": "day,n\n2024-02-01,3\n"})
	s := p.app("run", "jan.csv", "feb.csv")
	s.see("1 all 2 jan 3 feb")
	s.see("3 rows · 3 columns")
	s.press("3", "1 row · 2 columns")
	s.quit()
}

// Keys come from the terminal where standard input is the file.
func TestStandardInputIsShown(t *testing.T) {
	p := newPlace(t)
	p.in(map[string]string{"sales.csv": figures()})
	s := open(t, 100, 30, p.home, p.environ(), "sh", "-c", `cat sales.csv | exec "$0" run -`, binary)
	s.see("72 rows · 3 columns")
	s.press("m", "next chart 2/")
	s.quit()
}

// deskPages are a folder with a page for anyone and one with a lock.
func deskPages() map[string]string {
	return map[string]string{
		"desk/tabgate.yaml":   "title: The desk\n",
		"desk/home.md":        "Figures of the **desk**.\n",
		"desk/data/sales.csv": figures(),
		"desk/pages/1_Sales.yaml": "groups: []\nabout: What was sold.\nsources:\n  sales: {path: data/sales.csv}\nrows:\n" +
			"  - - metric: {label: Sold, source: sales, field: amount, aggregate: sum}\n  - - table: {source: sales}\n",
		"desk/pages/2_Costs.yaml": "groups: [CreditAnalysts]\nrows:\n  - - markdown: Costs are secret.\n",
	}
}

func TestAFolderIsEditedWhileItRuns(t *testing.T) {
	p := newPlace(t)
	p.in(deskPages())
	s := p.app("run", "desk")
	s.see("Figures of the desk.")
	s.see("What was sold.")
	s.press("2", "Sold")
	s.see("2024-01-01")
	page := deskPages()["desk/pages/1_Sales.yaml"]
	save := func(text string) { p.in(map[string]string{"desk/pages/1_Sales.yaml": text}) }

	save(strings.Replace(page, "label: Sold", "label: Sold so far", 1))
	s.see("Sold so far")

	save(strings.Replace(page, "label: Sold", "lable: Sold", 1))
	s.see("pages/1_Sales.yaml:6:16 unknown key lable: did you mean label?")
	s.see("Sold so far")

	save(page)
	s.gone("unknown key")
	s.gone("Sold so far")
	s.see("Sold")

	p.in(map[string]string{"desk/pages/3_New.yaml": "groups: []\nrows:\n  - - markdown: A page that was added.\n"})
	s.see("4 New")
	s.press("4", "A page that was added.")
	s.quit()
}

// A data file grows, is cut, goes away, comes back as another and becomes none
// while its page is shown. Each is told, and the figures stay or follow.
func TestAFileChangesWhileItIsShown(t *testing.T) {
	p := newPlace(t)
	p.in(deskPages())
	at := filepath.Join(p.home, "desk", "data", "sales.csv")
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	replace := func(text string) { // in one step, as editors do
		t.Helper()
		p.in(map[string]string{"next.csv": text})
		do(os.Rename(filepath.Join(p.home, "next.csv"), at))
	}
	s := p.app("run", "desk")
	s.press("2", "72 rows · 3 columns")

	f, err := os.OpenFile(at, os.O_APPEND|os.O_WRONLY, 0)
	do(err)
	_, err = f.WriteString("2026-01-01,North,5\n")
	do(errors.Join(err, f.Close()))
	s.see("73 rows · 3 columns")

	do(os.Truncate(at, int64(len("month,region,amount\n2024-01-01,North,100\n"))))
	s.see("1 row · 3 columns")
	s.see("read anew: it is another file now, or was cut")

	do(os.Remove(at))
	s.see(`pages/1_Sales.yaml:4:3 "data/sales.csv" cannot be read: there is no such file`)
	s.see("1 row · 3 columns")

	replace("region,amount,price\nNorth,1000,2\nSouth,234,3\n")
	s.see("2 rows · 3 columns")
	s.see("1,234")

	replace("region,cost\nNorth,1\n")
	s.see("there is no column amount")
	s.see("1 row · 2 columns")
	s.quit()
}

func TestAFolderHasPeopleForItsGroups(t *testing.T) {
	p := newPlace(t)
	p.in(deskPages())
	s := p.app("run", "desk")
	s.see("local pool")
	s.press("3", pleaseLogin)
	s.press("l", "credit-analysts@example.com")
	s.send("1")
	s.see("Signed in as credit-analysts@example.com: Costs is open.")
	s.see("Costs are secret.")
	s.quit()

	s = p.app("run", "desk", "--as", "CreditAnalysts")
	s.press("3", "Costs are secret.")
	s.see("as CreditAnalysts")
	s.quit()
	s = p.app("run", "desk", "--as", "")
	s.press("3", pleaseLogin)
	s.quit()
}

// A page is begun with as somebody saw it, and its command line makes that
// again.
func TestAPageAsItIsSeen(t *testing.T) {
	p := newPlace(t)
	files := deskPages()
	files["desk/pages/1_Sales.yaml"] = strings.Replace(files["desk/pages/1_Sales.yaml"], "rows:\n", "inputs:\n  - multiselect: {name: regions, source: sales, field: region}\nrows:\n", 1)
	p.in(files)
	s := p.app("run", "desk", "--page", "sales", "--set", "regions=North,West")
	s.see("48 rows · 3 columns")
	s.see("regions North, West")
	s.press("e", "command line of the page")
	s.press("l", "The command line sent to the terminal's clipboard.")
	s.quit()
	want := base64.StdEncoding.EncodeToString([]byte("tabgate run desk --page sales --set regions=North,West"))
	if !slices.Contains(s.emu.clipboard, want) {
		t.Errorf("the clipboard holds %q", s.emu.clipboard)
	}

	s = p.app("run", "desk", "--page", "sales", "--set", "regions=Nort")
	s.see("The input regions has no value Nort: did you mean North?")
	s.see("72 rows · 3 columns")
	s.quit()

	s = p.app("run", "desk", "--page", "costs")
	s.see(pleaseLogin)
	s.quit()
}

// A page of a server is begun with as somebody saw it, too.
func TestAPageOfAServerAsItIsSeen(t *testing.T) {
	host := newPlace(t)
	host.onPool(localpool.Options{})
	files := deskPages()
	files["desk/pages/1_Sales.yaml"] = strings.Replace(files["desk/pages/1_Sales.yaml"], "rows:\n", "inputs:\n  - multiselect: {name: regions, source: sales, field: region}\nrows:\n", 1)
	host.in(files)
	server := host.start("serve", "desk", "--listen", "127.0.0.1:0")
	eventually(t, "the server", func() error {
		if !strings.Contains(server.out.String(), "ready\n") {
			return errors.New(server.out.String() + server.errs.String())
		}
		return nil
	})
	address, _, _ := strings.Cut(server.out.String(), "\n")

	p := newPlace(t)
	s := p.app(address, "--page", "sales", "--set", "regions=North,West")
	s.see("Continue? [y/N]")
	s.send("y\r")
	s.see("48 rows · 3 columns")
	s.press("e", "command line of the page")
	s.press("l", "The command line sent to the terminal's clipboard.")
	s.quit()
	want := base64.StdEncoding.EncodeToString([]byte("tabgate " + address + " --page sales --set regions=North,West"))
	if !slices.Contains(s.emu.clipboard, want) {
		t.Errorf("the clipboard holds %q", s.emu.clipboard)
	}

	s = p.app(address, "--page", "sales", "--set", "region=North")
	s.see("Continue? [y/N]")
	s.send("y\r")
	s.see("the page sales has no input region: did you mean regions?")
	s.quit()
}

// A folder may say where people sign in, once its reader has said yes to that.
func TestAFolderThatNamesASignIn(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool(localpool.Options{})
	files := deskPages()
	files["desk/tabgate.yaml"] = "title: The desk\nsign_in:\n"
	for name, key := range map[string]string{"domain": "COGNITO_DOMAIN", "client_id": "CLIENT_ID", "issuer": "COGNITO_ISSUER", "app_uri": "APP_URI", "logout_uri": "LOGOUT_URI"} {
		files["desk/tabgate.yaml"] += fmt.Sprintf("  %s: %q\n", name, p.env[key])
		delete(p.env, key)
	}
	p.in(files)
	s := p.app("run", "desk", "--page", "costs")
	s.see("May this folder reach outside?")
	s.see("This folder has you sign in at " + pool.Domain())
	s.press("n", pleaseLogin)
	s.press("l", "credit-analysts@example.com")
	s.quit()

	s = p.app("run", "desk", "--page", "costs")
	s.see("The sign_in of this folder is left out, since you said no")
	s.quit()
	if got := p.run("trust", "desk", "--forget"); got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}

	s = p.app("run", "desk", "--page", "costs")
	s.see("May this folder reach outside?")
	s.pressUntil("y", "the question to be answered", func(e *emulator, _ string) bool {
		return !strings.Contains(e.words(), "reach outside?")
	})
	s.see("You sign in at " + strings.TrimPrefix(pool.Domain(), "http://") + " now.")
	bar := elsewhere(t, s.loginAddress(), "analyst@example.com")
	s.send("\x1b[200~" + bar + "\x1b[201~")
	s.see("Costs are secret.")
	s.quit()

	s = p.app("run", "desk", "--page", "costs")
	s.see("Costs are secret.")
	s.quit()

	p.settings(pool.Settings())
	s = p.app("run", "desk", "--page", "costs")
	s.see("your own settings name another")
	s.quit()
}

// Whoever starts tabgate in a folder that is a dashboard is asked once.
func TestAFolderThatOneIsInIsAskedAboutOnce(t *testing.T) {
	p := newPlace(t)
	files := map[string]string{}
	for name, text := range deskPages() {
		files[strings.TrimPrefix(name, "desk/")] = text
	}
	p.in(files)
	s := p.app()
	s.see("Run it? [y/N]")
	s.send("y\r")
	s.see("Figures of the desk.")
	s.quit()
	s = p.app()
	s.see("Figures of the desk.")
	s.quit()
	if got := p.run("trust", "--no"); got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	s = p.app()
	s.see("Welcome to tabgate")
	s.quit()
}

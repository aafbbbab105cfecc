package dashboard_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

// with is the manual's folder with some files changed.
func with(changed map[string]string) map[string]string {
	files := maps.Clone(desk)
	maps.Copy(files, changed)
	return files
}

func TestRead_order(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"10_Ten", "9_nine", "b", "A", "2_Zwei", "2_eins", "c"} {
		files["pages/"+name+".yaml"] = "groups: []\nrows: [[{markdown: x}]]\n"
	}
	d, problems := dashboard.Read(folder(t, files))
	if got, want := strings.Join(d.Pages.IDs(), " "), "home eins zwei nine ten a b c"; got != want || len(problems) > 0 {
		t.Errorf("the pages are %s, want %s\n%s", got, want, lines(problems))
	}
}

func TestRead_pages(t *testing.T) {
	t.Run("a page with errors is broken, and the others can be shown", func(t *testing.T) {
		d, problems := dashboard.Read(folder(t, with(map[string]string{"pages/2_Branches.yaml": "groups: []\nrows: [[{markdwon: x}]]\n"})))
		if got := strings.Join(d.Pages.IDs(), " "); got != "home exposure figures" {
			t.Errorf("the pages are %s", got)
		}
		if len(d.Broken) != 1 || d.Broken[0].ID != "branches" || d.Broken[0].Content != nil {
			t.Errorf("broken are %+v", d.Broken)
		}
		if got, want := lines(problems), "pages/2_Branches.yaml:2:10 unknown panel markdwon: did you mean markdown?\n"; got != want {
			t.Errorf("it says %s, want %s", got, want)
		}
	})
	t.Run("two pages of one id are an error of the second", func(t *testing.T) {
		d, problems := dashboard.Read(folder(t, with(map[string]string{"pages/9_branches.yaml": "groups: []\nrows: [[{markdown: x}]]\n"})))
		if got, want := lines(problems), "pages/9_branches.yaml:1:1 pages/2_Branches.yaml has the id branches too: give one of the two another name, or write id:\n"; got != want {
			t.Errorf("it says %s, want %s", got, want)
		}
		if _, ok := d.Pages.Find("branches"); !ok {
			t.Error("the first is gone")
		}
	})
	t.Run("a page called home is an error", func(t *testing.T) {
		_, problems := dashboard.Read(folder(t, with(map[string]string{"pages/9_Home.yaml": "groups: []\nrows: [[{markdown: x}]]\n"})))
		if got, want := lines(problems), "pages/9_Home.yaml:1:1 home is the first tab's id: give the file another name, or write id:\n"; got != want {
			t.Errorf("it says %s, want %s", got, want)
		}
	})
	t.Run("a page whose name has an emoji of several characters is a page", func(t *testing.T) {
		d, problems := dashboard.Read(folder(t, map[string]string{"pages/1_👩🏽‍💻_Work.yaml": "groups: []\nrows: [[{markdown: x}]]\n"}))
		if p, ok := d.Pages.Find("work"); !ok || p.Icon != "👩🏽‍💻" || len(problems) > 0 {
			t.Errorf("it is %+v\n%s", p, lines(problems))
		}
	})
	t.Run("a page without a letter is an error", func(t *testing.T) {
		_, problems := dashboard.Read(folder(t, with(map[string]string{"pages/📈.yaml": "groups: []\nrows: [[{markdown: x}]]\n"})))
		if got := lines(problems); !strings.Contains(got, "holds no letter and no digit") {
			t.Errorf("it says %s", got)
		}
	})
	t.Run("the 41st page is refused by name", func(t *testing.T) {
		files := map[string]string{}
		for i := range 42 {
			files[fmt.Sprintf("pages/%d_P%d.yaml", i, i)] = "groups: []\nrows: [[{markdown: x}]]\n"
		}
		d, problems := dashboard.Read(folder(t, files))
		want := "pages/40_P40.yaml a dashboard has at most 40 pages, and this is number 41: take one out\npages/41_P41.yaml a dashboard has at most 40 pages, and this is number 42: take one out\n"
		if got := lines(problems); got != want || len(d.Pages) != 41 {
			t.Errorf("there are %d pages, and it says\n%s", len(d.Pages), got)
		}
	})
	t.Run("a page of 101 panels is refused", func(t *testing.T) {
		page := func(n int) string {
			return "groups: []\nrows:\n" + strings.Repeat("  - - markdown: x\n", n)
		}
		_, fine := dashboard.Read(folder(t, map[string]string{"pages/a.yaml": page(100)}))
		_, problems := dashboard.Read(folder(t, map[string]string{"pages/a.yaml": page(101)}))
		if got := lines(problems); len(fine) > 0 || got != "pages/a.yaml:103:7 a page has at most 100 panels: make two pages of it\n" {
			t.Errorf("it says %v and %s", fine, got)
		}
	})
	t.Run("a page of 101 sources or inputs is refused", func(t *testing.T) {
		sources, inputs := "groups: []\nsources:\n", "groups: []\nrows: [[{markdown: x}]]\ninputs:\n"
		for i := range 101 {
			sources += fmt.Sprintf("  s%d: {values: []}\n", i)
			inputs += fmt.Sprintf("  - text: {name: t%d}\n", i)
		}
		_, problems := dashboard.Read(folder(t, map[string]string{"pages/a.yaml": sources, "pages/b.yaml": inputs}))
		want := "pages/a.yaml:3:3 a page has at most 100 sources, and this has 101: make two pages of it\npages/b.yaml:4:3 a page has at most 100 inputs, and this has 101: make two pages of it\n"
		if got := lines(problems); got != want {
			t.Errorf("it says\n%s", got)
		}
	})
	t.Run("a hundred things are told, and that there are more", func(t *testing.T) {
		_, problems := dashboard.Read(folder(t, map[string]string{"pages/a.yaml": "groups: []\nrows:\n" + strings.Repeat("  - - gauge: x\n", 300)}))
		if len(problems) != 101 || !strings.Contains(lines(problems), "more than 100 things are wrong") {
			t.Errorf("%d things are told", len(problems))
		}
	})
	t.Run("a folder without pages is told what to do", func(t *testing.T) {
		d, problems := dashboard.Read(folder(t, map[string]string{"home.md": "# Hello\n"}))
		if got := lines(problems); !strings.HasPrefix(got, "warning: pages there is no folder of that name") || len(d.Pages) != 1 {
			t.Errorf("it says %s", got)
		}
	})
}

func TestRead_files(t *testing.T) {
	const page = "groups: []\nsources: {s: {path: data/x.csv}}\n"
	dir := func(t *testing.T) string {
		t.Helper()
		d := t.TempDir()
		for _, sub := range []string{"pages", "data"} {
			if err := os.Mkdir(filepath.Join(d, sub), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(d, "pages", "a.yaml"), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		return d
	}
	link := func(t *testing.T, to, at string) {
		t.Helper()
		if err := os.Symlink(to, at); err != nil {
			t.Skip("there are no symbolic links here: ", err)
		}
	}
	t.Run("a link within the folder is followed", func(t *testing.T) {
		d := dir(t)
		if err := os.WriteFile(filepath.Join(d, "data", "y.csv"), []byte("a\n1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		link(t, "y.csv", filepath.Join(d, "data", "x.csv"))
		if _, problems := dashboard.Read(opened(t, d)); len(problems) > 0 {
			t.Error(lines(problems))
		}
	})
	t.Run("a link that leads out of the folder is refused, as data and as a page", func(t *testing.T) {
		d, other := dir(t), t.TempDir()
		secret := filepath.Join(other, "secret.yaml")
		if err := os.WriteFile(secret, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		link(t, secret, filepath.Join(d, "data", "x.csv"))
		link(t, secret, filepath.Join(d, "pages", "b.yaml"))
		read, problems := dashboard.Read(opened(t, d))
		want := "pages/a.yaml:2:21 data/x.csv: it leads out of the folder: put the file into the folder\npages/b.yaml it leads out of the folder: put the file into the folder\n"
		if got := lines(problems); got != want || len(read.Pages) != 1 {
			t.Errorf("it says\n%s", got)
		}
	})
	t.Run("a folder in the place of a page is refused", func(t *testing.T) {
		d := dir(t)
		if err := os.Mkdir(filepath.Join(d, "pages", "b.yaml"), 0o700); err != nil {
			t.Fatal(err)
		}
		_, problems := dashboard.Read(opened(t, d))
		if got := lines(problems); !strings.Contains(got, "pages/b.yaml it is a folder, and a file is wanted\n") {
			t.Errorf("it says\n%s", got)
		}
	})
	t.Run("a page of more than a mebibyte is refused", func(t *testing.T) {
		_, problems := dashboard.Read(folder(t, map[string]string{"pages/a.yaml": strings.Repeat("# long\n", 1<<18)}))
		if got := lines(problems); got != "pages/a.yaml it is larger than 1 MiB\n" {
			t.Errorf("it says\n%s", got)
		}
	})
	t.Run("a file that is nested too deep is refused", func(t *testing.T) {
		for name, text := range map[string]string{
			"a.yaml": "groups: []\nrows: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
			"a.json": `{"groups": [], "rows": ` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "}",
		} {
			_, problems := dashboard.Read(folder(t, map[string]string{"pages/" + name: text}))
			if got := lines(problems); !strings.Contains(got, "more than 100 levels deep") {
				t.Errorf("%s: it says\n%s", name, got)
			}
		}
	})
	t.Run("text that is none of UTF-8 is refused with its line, and a mark of its order is nothing", func(t *testing.T) {
		d, problems := dashboard.Read(folder(t, map[string]string{
			"pages/a.yaml": "groups: []\nabout: gr\xfc\xdfe\n",
			"pages/b.yaml": "\ufeffgroups: []\nrows: [[{markdown: x}]]\n",
			"pages/c.yaml": "\xff\xfeg\x00r\x00",
		}))
		want := "pages/a.yaml:2:1 this is no UTF-8 text: save the file as UTF-8\npages/c.yaml:1:1 this is no UTF-8 text: save the file as UTF-8\n"
		if got := lines(problems); got != want || !slices.Equal(d.Pages.IDs(), []string{"home", "b"}) {
			t.Errorf("it says\n%s", got)
		}
	})
	t.Run("the files that were read are known", func(t *testing.T) {
		d, _ := dashboard.Read(folder(t, desk))
		got := slices.Sorted(slices.Values(d.Files))
		want := []string{"charts/by_rating.vl.json", "home.md", "pages/1_📈_Exposure.yaml", "pages/2_Branches.yaml", "pages/3_Figures.json", "tabgate.yaml"}
		if !slices.Equal(got, want) {
			t.Errorf("they are %q", got)
		}
	})
	t.Run("a specification that is no JSON is told with its line", func(t *testing.T) {
		_, problems := dashboard.Read(folder(t, with(map[string]string{"charts/by_rating.vl.json": "{\n  \"mark\": bar\n}"})))
		if got := lines(problems); !strings.Contains(got, "charts/by_rating.vl.json:2:11 this is not JSON") || !strings.Contains(got, "pages/1_📈_Exposure.yaml:15:9 charts/by_rating.vl.json is not JSON") {
			t.Errorf("it says\n%s", got)
		}
	})
}

func TestRead_json(t *testing.T) {
	for text, want := range map[string]string{
		`{"groups": [], "rows": [[{"markdown": "x"}]]`:                         "pages/a.json:1:45 this is not JSON (it ends too early): fix it\n",
		"{\n\t\"groups\": [],\n\t\"rows\": [[{\"markdown\": 5, \"x\": 1}]]\n}": "pages/a.json:3:28 unknown key x: known here are name, title, about, width, where, ignore, detail, open\n",
		`{"groups": [], "groups": ["A"], "rows": [[{"markdown": "x"}]]}`:       "pages/a.json:1:16 key groups stands here twice: the first is in line 1\n",
		`{"groups": [], "rows": [[{"markdown": "x"}]]} {}`:                     "pages/a.json:1:47 this is not JSON (something follows the end of the page): fix it\n",
		` `: "pages/a.json:1:1 the file is empty: a page begins with groups:\n",
	} {
		_, problems := dashboard.Read(folder(t, map[string]string{"pages/a.json": text}))
		if got := lines(problems); got != want {
			t.Errorf("%s: it says\n%s", text, got)
		}
	}
}

func TestDashboard_Keep(t *testing.T) {
	last, _ := dashboard.Read(folder(t, desk))
	t.Run("the last good page stays in its place", func(t *testing.T) {
		now, _ := dashboard.Read(folder(t, with(map[string]string{"pages/2_Branches.yaml": "groups: [\n"})))
		now.Keep(last)
		if got := strings.Join(now.Pages.IDs(), " "); got != "home exposure branches figures" || now.Pages[2].Content == nil {
			t.Errorf("the pages are %s", got)
		}
	})
	t.Run("a page that is gone is gone", func(t *testing.T) {
		files := maps.Clone(desk)
		delete(files, "pages/2_Branches.yaml")
		now, _ := dashboard.Read(folder(t, files))
		now.Keep(last)
		if got := strings.Join(now.Pages.IDs(), " "); got != "home exposure figures" {
			t.Errorf("the pages are %s", got)
		}
	})
	t.Run("a page that was never good is not there", func(t *testing.T) {
		now, _ := dashboard.Read(folder(t, with(map[string]string{"pages/4_New.yaml": "groups: x\n"})))
		now.Keep(last)
		if got := strings.Join(now.Pages.IDs(), " "); got != "home exposure branches figures" {
			t.Errorf("the pages are %s", got)
		}
		now.Keep(nil)
	})
	t.Run("a bad tabgate.yaml keeps the whole last dashboard", func(t *testing.T) {
		now, problems := dashboard.Read(folder(t, with(map[string]string{"tabgate.yaml": "titel: x\n"})))
		now.Keep(last)
		if now.Title != "Credit desk" || len(now.Pages) != 4 || len(now.Connections) != 3 {
			t.Errorf("it is %+v", now)
		}
		if got := lines(problems); got != "tabgate.yaml:1:1 unknown key titel: did you mean title?\n" {
			t.Errorf("it says\n%s", got)
		}
	})
}

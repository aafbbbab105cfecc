package demo_test

import (
	"io/fs"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
)

func TestFiles(t *testing.T) {
	t.Run("it is a file system", func(t *testing.T) {
		if err := fstest.TestFS(demo.Files(), "tabgate.yaml", "home.md", "pages/1_📈_Plotting_Demo.yaml", "data/sf_bike_parking.csv"); err != nil {
			t.Error(err)
		}
	})
	t.Run("it reads without a problem, as a part of the program and written into a folder", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.CopyFS(dir, demo.Files()); err != nil {
			t.Fatal(err)
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		for name, read := range map[string]func() (*dashboard.Dashboard, []dashboard.Problem){
			"embedded": func() (*dashboard.Dashboard, []dashboard.Problem) { return dashboard.ReadFS(demo.Files()) },
			"written":  func() (*dashboard.Dashboard, []dashboard.Problem) { return dashboard.Read(root) },
		} {
			d, problems := read()
			if len(problems) > 0 {
				t.Errorf("%s: %v", name, problems)
			}
			if !slices.Equal(d.Pages.IDs(), demo.Pages().IDs()) {
				t.Errorf("%s: the pages are %v", name, d.Pages.IDs())
			}
		}
	})
	t.Run("its pages are those of the demo", func(t *testing.T) {
		d, _ := dashboard.ReadFS(demo.Files())
		for _, want := range demo.Pages() {
			got, ok := d.Pages.Find(want.ID)
			if !ok || got.Title != want.Title || got.About != want.About || !slices.Equal(got.Groups, want.Groups) {
				t.Errorf("%s is %+v in the folder, and %+v in the program", want.ID, got, want)
			}
		}
	})
	t.Run("a page of panels is what its file says, and the figures that are the page's are one's of its panels", func(t *testing.T) {
		boards := 0
		for _, p := range demo.Pages() {
			whole := demo.Whole(p)
			if (whole.Content != nil) != demo.IsBoard(p.ID) {
				t.Errorf("%s: %+v", p.ID, whole)
			}
			if whole.Content == nil {
				continue
			}
			boards++
			named := p.Figures == ""
			for _, row := range whole.Content.Rows {
				for _, panel := range row.Panels {
					named = named || panel.Name == p.Figures
				}
			}
			if !named {
				t.Errorf("%s has no panel %s", p.ID, p.Figures)
			}
		}
		if boards < 2 {
			t.Errorf("%d pages are made of panels", boards)
		}
	})
	t.Run("each source has the file that stands in for it", func(t *testing.T) {
		d, _ := dashboard.ReadFS(demo.Files())
		found := 0
		for _, p := range d.Pages {
			if p.Content == nil {
				continue
			}
			for _, s := range p.Content.Sources {
				found++
				if s.Fallback == nil {
					t.Errorf("%s has none", s.Name)
				} else if _, err := fs.Stat(demo.Files(), s.Fallback.Path); err != nil {
					t.Error(err)
				}
			}
		}
		if found != 5 {
			t.Errorf("there are %d sources", found)
		}
	})
}

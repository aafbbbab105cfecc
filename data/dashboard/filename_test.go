package dashboard_test

import (
	"testing"
	"unicode/utf8"

	"github.com/authtabs/tabgate/data/dashboard"
)

func TestParseFileName(t *testing.T) {
	for file, want := range map[string]dashboard.FileName{
		"1_📈_Exposure.yaml":             {Number: "1", Icon: "📈", Title: "Exposure", ID: "exposure"},
		"pages/2-🌍-Branches_by_day.yml": {Number: "2", Icon: "🌍", Title: "Branches by day", ID: "branches-by-day"},
		"003 Figures.json":              {Number: "3", Title: "Figures", ID: "figures"},
		"Figures.yaml":                  {Title: "Figures", ID: "figures"},
		"🇩🇪_Sales.yaml":                 {Icon: "🇩🇪", Title: "Sales", ID: "sales"},
		"👩🏽‍💻Work.yaml":                 {Icon: "👩🏽‍💻", Title: "Work", ID: "work"},
		"❤️ Love.yaml":                  {Icon: "❤️", Title: "Love", ID: "love"},
		"☀_Sun.yaml":                    {Icon: "☀", Title: "Sun", ID: "sun"},
		"0_Zero.yaml":                   {Number: "0", Title: "Zero", ID: "zero"},
		"2024_Report.yaml":              {Number: "2024", Title: "Report", ID: "report"},
		"2024.yaml":                     {Number: "2024", Title: "2024", ID: "2024"},
		"12345678901234567890_A.yaml":   {Number: "12345678901234567890", Title: "A", ID: "a"},
		"Über_uns & mehr!.yaml":         {Title: "Über uns & mehr!", ID: "über-uns-mehr"},
		"1_日本.yaml":                     {Number: "1", Title: "日本", ID: "日本"},
		"°C_per_day.yaml":               {Title: "°C per day", ID: "c-per-day"},
		"1_📈.yaml":                      {Number: "1", Icon: "📈", Title: "1", ID: "1"},
		"📈.yaml":                        {Icon: "📈"},
		"می\u200cخواهم.yaml":            {Title: "می\u200cخواهم", ID: "می-خواهم"},
		"a.b.yaml":                      {Title: "a.b", ID: "a-b"},
	} {
		if got, ok := dashboard.ParseFileName(file); !ok || got != want {
			t.Errorf("%s is %+v, %v: want %+v", file, got, ok, want)
		}
	}
	for _, file := range []string{".hidden.yaml", "_draft.yaml", "notes.txt", "x.yaml.bak", "X.YAML", "yaml", "pages"} {
		if got, ok := dashboard.ParseFileName(file); ok {
			t.Errorf("%s is a page: %+v", file, got)
		}
	}
}

func FuzzParseFileName(f *testing.F) {
	for _, s := range []string{"1_📈_Exposure.yaml", "🇩🇪.yml", "\xff_.json", "0.yaml", "__-- .yaml", "️.yaml", "1️⃣_x.yaml", " 0A.yml", "!0\ufe0f.yml"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name, ok := dashboard.ParseFileName(s)
		if !ok {
			return
		}
		if !utf8.ValidString(name.Title + name.ID) {
			t.Errorf("%q is called %q", s, name)
		}
		again, ok := dashboard.ParseFileName("-" + name.ID + ".yaml") // where digits are no number
		if name.ID != "" && (!ok || again.ID != name.ID) {
			t.Errorf("the id of %q is %q, and the id of that %q", s, name.ID, again.ID)
		}
	})
}

package query_test

import (
	"context"
	"fmt"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// weatherFrame is four days.
func weatherFrame() frame.Frame {
	day, sky, rain := frame.Vector{Type: frame.Date}, frame.Vector{Type: frame.Text}, frame.Vector{Type: frame.Number}
	for i, s := range []string{"rain", "sun", "rain", "fog"} {
		day.AppendInt(frame.Days(2012, 2, 28) + int64(i))
		sky.AppendString(s)
		rain.AppendFloat([]float64{10.9, 0, 2.5, 0.3}[i])
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "date"}, {Name: "sky"}, {Name: "precipitation"}}, []frame.Vector{day, sky, rain})
}

func ExampleParse() {
	f := weatherFrame()
	w, err := query.Parse("precip > 0 and date = 2012-02", f.Columns(), 1)
	if err != nil {
		panic(err)
	}
	kept, err := query.Keep(context.Background(), f, w, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(w, "keeps", kept.Len())
	_, err = query.Parse("precipitatoin > 0", f.Columns(), 1)
	fmt.Println(err)
	// Output:
	// precipitation > 0 and date = 2012-02 keeps 1
	// there is no column "precipitatoin": did you mean "precipitation"?
}

func ExampleValues() {
	f := weatherFrame()
	c, err := query.Values(context.Background(), f, query.Request{Column: "sky", Fn: query.Sum, Of: "precipitation"}, nil)
	if err != nil {
		panic(err)
	}
	rows, err := frame.Rows(context.Background(), c, frame.All(c), 0, c.Len())
	if err != nil {
		panic(err)
	}
	for i, label := range c.Labels {
		fmt.Println(label, rows.Columns[1].String(i), rows.Columns[3].String(i), "where", c.Where[i])
	}
	// Output:
	// rain 2 13.4 where sky = rain
	// fog 1 0.3 where sky = fog
	// sun 1 0 where sky = sun
}

func ExampleProfile() {
	f := weatherFrame()
	columns, err := query.Profile(context.Background(), f, frame.All(f), nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(columns[0].Dates.Step)
	fmt.Println(columns[1].Shape.Draw(20, false))
	fmt.Println(columns[2].Numbers.Median)
	// Output:
	// one row a day
	// rain 50% sun 25% +1
	// 1.4
}

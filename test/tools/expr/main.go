// Asks the engine of Argo Rollouts 1.9 what conditions say: antonmedv/expr 1.15.5 with the environment of
// utils/evaluate/evaluate.go. Conditions are the keys of answers.json; it is written again:
//
//	go run . ../../manifest/expr/answers.json
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"strconv"
	"strings"

	"github.com/antonmedv/expr"
)

var results = []any{[]float64{}, []float64{math.NaN()}, []float64{0}, []float64{0.5}, []float64{99, 1}, 0.5, math.NaN()}

func asFloat(in any) float64 {
	switch i := in.(type) {
	case float64:
		return i
	case int:
		return float64(i)
	case string:
		if f, err := strconv.ParseFloat(i, 64); err == nil {
			return f
		}
	}
	panic("no number")
}

func asInt(in any) int64 {
	switch i := in.(type) {
	case float64:
		return int64(i)
	case int:
		return int64(i)
	case string:
		if n, err := strconv.ParseInt(i, 10, 64); err == nil {
			return n
		}
	}
	panic("no number")
}

func isNil(in any) bool {
	if in == nil {
		return true
	}
	switch reflect.TypeOf(in).Kind() {
	case reflect.Ptr, reflect.Map, reflect.Array, reflect.Chan, reflect.Slice:
		return reflect.ValueOf(in).IsNil()
	}
	return false
}

func answer(condition string, result any) (told string) {
	defer func() {
		if recover() != nil {
			told = "error"
		}
	}()
	env := map[string]any{
		"result": result, "asInt": asInt, "asFloat": asFloat, "isNaN": math.IsNaN,
		"isInf": func(f float64) bool { return math.IsInf(f, 0) },
		"isNil": func(_ any) bool { return isNil(result) },
		"default": func(_ any, other any) any {
			if isNil(result) {
				return other
			}
			return result
		},
	}
	program, err := expr.Compile(condition, expr.Env(env))
	if err != nil {
		return "refused"
	}
	output, err := expr.Run(program, env)
	if value, ok := output.(bool); ok && err == nil {
		return fmt.Sprint(value)
	}
	return "error"
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	known := map[string]string{}
	if err := json.Unmarshal(text, &known); err != nil {
		panic(err)
	}
	for condition := range known {
		row := make([]string, len(results))
		for i, result := range results {
			row[i] = answer(condition, result)
		}
		known[condition] = strings.Join(row, " ")
	}
	out, _ := json.MarshalIndent(known, "", "  ")
	os.WriteFile(os.Args[1], append(out, '\n'), 0o644)
}

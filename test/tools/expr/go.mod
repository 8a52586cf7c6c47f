module cutover/test/tools/expr

go 1.21

require github.com/antonmedv/expr v1.15.5

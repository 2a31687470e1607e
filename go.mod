module enviro-governance

go 1.19

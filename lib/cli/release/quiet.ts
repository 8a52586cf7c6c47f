// A package of the Kubernetes client loads a module of Node that later versions warn of; nobody who watches a release can mend that.
// It is set before that package is loaded, which is why this is a file of its own.
process.noDeprecation = true;

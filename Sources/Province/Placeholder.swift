enum ProvincePlaceholder {}

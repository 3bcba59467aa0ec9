enum NotifyPlaceholder {}

import Hummingbird
import ServiceLifecycle
enum DaemonPlaceholder {}

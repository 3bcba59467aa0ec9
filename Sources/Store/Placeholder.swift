import GRDB
import Crypto
enum StorePlaceholder {}

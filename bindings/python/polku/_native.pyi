# SPDX-License-Identifier: Apache-2.0
"""The cffi module is generated from capi/polku.h; its objects have no static types."""
from typing import Any

ffi: Any
lib: Any

/** The version of PJRT's C API (`pjrt_c_api.h`) that these tables are from. */
export const API_VERSION = { major: 0, minor: 81 } as const;

/**
 * The functions of PJRT's C API that this room calls: the place of each in `PJRT_Api`, which never moves within a major
 * version, and the fields of its arguments' struct.
 *
 * Every such struct begins with `struct_size` and `extension_start`, which are not named here, and each field has eight
 * bytes to itself, whatever its type. New versions of the API add fields at the end and nowhere else.
 */
export const FUNCTIONS = {
  PJRT_Error_Destroy: { index: 0, fields: ["error"] },
  PJRT_Error_Message: { index: 1, fields: ["error", "message", "message_size"] },
  PJRT_Error_GetCode: { index: 2, fields: ["error", "code"] },
  PJRT_Plugin_Initialize: { index: 3, fields: [] },
  PJRT_Event_Destroy: { index: 5, fields: ["event"] },
  PJRT_Event_Await: { index: 8, fields: ["event"] },
  PJRT_Client_Create: {
    index: 10,
    fields: [
      "create_options",
      "num_options",
      "kv_get_callback",
      "kv_get_user_arg",
      "kv_put_callback",
      "kv_put_user_arg",
      "client",
    ],
  },
  PJRT_Client_Destroy: { index: 11, fields: ["client"] },
  PJRT_Client_PlatformName: {
    index: 12,
    fields: ["client", "platform_name", "platform_name_size"],
  },
  PJRT_Client_PlatformVersion: {
    index: 14,
    fields: ["client", "platform_version", "platform_version_size"],
  },
  PJRT_Client_AddressableDevices: {
    index: 16,
    fields: ["client", "addressable_devices", "num_addressable_devices"],
  },
  PJRT_Client_Compile: {
    index: 20,
    fields: ["client", "program", "compile_options", "compile_options_size", "executable"],
  },
  PJRT_Client_BufferFromHostBuffer: {
    index: 22,
    fields: [
      "client",
      "data",
      "type",
      "dims",
      "num_dims",
      "byte_strides",
      "num_byte_strides",
      "host_buffer_semantics",
      "device",
      "memory",
      "device_layout",
      "done_with_host_buffer",
      "buffer",
    ],
  },
  PJRT_DeviceDescription_Id: { index: 23, fields: ["device_description", "id"] },
  PJRT_DeviceDescription_Kind: {
    index: 26,
    fields: ["device_description", "device_kind", "device_kind_size"],
  },
  PJRT_Device_GetDescription: { index: 29, fields: ["device", "device_description"] },
  PJRT_Device_MemoryStats: {
    index: 34,
    fields: [
      "device",
      "bytes_in_use",
      "peak_bytes_in_use",
      "peak_bytes_in_use_is_set",
      "num_allocs",
      "num_allocs_is_set",
      "largest_alloc_size",
      "largest_alloc_size_is_set",
      "bytes_limit",
      "bytes_limit_is_set",
    ],
  },
  PJRT_Executable_Destroy: { index: 40, fields: ["executable"] },
  PJRT_Executable_Serialize: {
    index: 49,
    fields: [
      "executable",
      "serialized_bytes",
      "serialized_bytes_size",
      "serialized_executable",
      "serialized_executable_deleter",
    ],
  },
  PJRT_LoadedExecutable_Destroy: { index: 50, fields: ["executable"] },
  PJRT_LoadedExecutable_GetExecutable: { index: 51, fields: ["loaded_executable", "executable"] },
  PJRT_LoadedExecutable_Execute: {
    index: 55,
    fields: [
      "executable",
      "options",
      "argument_lists",
      "num_devices",
      "num_args",
      "output_lists",
      "device_complete_events",
      "execute_device",
    ],
  },
  PJRT_Executable_DeserializeAndLoad: {
    index: 56,
    fields: [
      "client",
      "serialized_executable",
      "serialized_executable_size",
      "loaded_executable",
    ],
  },
  PJRT_Buffer_Destroy: { index: 58, fields: ["buffer"] },
  PJRT_Buffer_ToHostBuffer: {
    index: 70,
    fields: ["src", "host_layout", "dst", "dst_size", "event"],
  },
  PJRT_Executable_OutputElementTypes: {
    index: 90,
    fields: ["executable", "output_types", "num_output_types"],
  },
  PJRT_Executable_OutputDimensions: {
    index: 91,
    fields: ["executable", "num_outputs", "dims", "dim_sizes"],
  },
  PJRT_Executable_GetCompiledMemoryStats: {
    index: 96,
    fields: [
      "executable",
      "generated_code_size_in_bytes",
      "argument_size_in_bytes",
      "output_size_in_bytes",
      "alias_size_in_bytes",
      "temp_size_in_bytes",
      "host_generated_code_size_in_bytes",
      "host_argument_size_in_bytes",
      "host_output_size_in_bytes",
      "host_alias_size_in_bytes",
      "host_temp_size_in_bytes",
      "peak_memory_in_bytes",
    ],
  },
} as const;

/** The structs to which a field of another points; as for the functions' own. */
export const STRUCTS = {
  PJRT_NamedValue: ["name", "name_size", "type", "value", "value_size"],
  PJRT_Program: ["code", "code_size", "format", "format_size"],
  PJRT_ExecuteOptions: [
    "send_callbacks",
    "recv_callbacks",
    "num_send_ops",
    "num_recv_ops",
    "launch_id",
    "non_donatable_input_indices",
    "num_non_donatable_input_indices",
  ],
  /** With the struct that it holds for a tiled layout. */
  PJRT_Buffer_MemoryLayout: [
    "tiled.struct_size",
    "tiled.extension_start",
    "tiled.minor_to_major",
    "tiled.minor_to_major_size",
    "tiled.tile_dims",
    "tiled.tile_dim_sizes",
    "tiled.num_tiles",
    "type",
  ],
} as const;

/** A function of PJRT's C API. */
export type FunctionName = keyof typeof FUNCTIONS;

/** A field of the arguments of one. */
export type ArgumentOf<N extends FunctionName> = (typeof FUNCTIONS)[N]["fields"][number];

/** Where `PJRT_Api` has its size, its version and its first function. */
export const API = { size: 0, major: 32, minor: 36, functions: 40 } as const;

/** `PJRT_Error_Code_RESOURCE_EXHAUSTED`. */
export const RESOURCE_EXHAUSTED = 8;

/** `PJRT_NamedValue_Type`, of values that a plugin is given. */
export const NAMED_VALUE = { integer: 1, integers: 2, float: 3, boolean: 4 } as const;

/** `PJRT_Buffer_Type`, by the names of StableHLO's element types. */
export const ELEMENT_TYPE = {
  i1: 1,
  i8: 2,
  i16: 3,
  i32: 4,
  i64: 5,
  ui8: 6,
  ui16: 7,
  ui32: 8,
  ui64: 9,
  f16: 10,
  f32: 11,
  f64: 12,
  bf16: 13,
} as const;

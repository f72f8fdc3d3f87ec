using System.Runtime.CompilerServices;

// Every signature is blittable: what is written in Interop/ is exactly what crosses the boundary.
[assembly: DisableRuntimeMarshalling]

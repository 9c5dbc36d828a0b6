using System.Runtime.CompilerServices;

namespace Baton.Server.Tests;

/// <summary>
/// One folder of trained models for every host and every program of this suite, in this process and beside it: training
/// is most of a first start. What is learnt is named by its content, so that no test sees another's.
/// </summary>
internal static class TestModels
{
    public static readonly string Folder = Path.Combine(Path.GetTempPath(), "baton-models");

    [ModuleInitializer]
    internal static void Share() => Environment.SetEnvironmentVariable("BATON__Cache", Folder);
}

namespace Baton.Server.Cli;

/// <summary>A temporary folder that is removed when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("baton-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system's own clean-up of temporary files.
        }
    }
}

using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Server.Cli;

/// <summary>Input that a command cannot use: printed as one line on standard error, exit code 1.</summary>
internal sealed class CliError(string message) : Exception(message)
{
    /// <summary>Runs a command body and turns what the user can mend into a message instead of a stack trace.</summary>
    public static async Task<int> Guard(Func<Task<int>> body)
    {
        try
        {
            return await body();
        }
        catch (Exception error) when (error
            is CliError or BatonSettingException or StorageException or InvalidPlaybookException or IOException
                or UnauthorizedAccessException)
        {
            foreach (var line in $"baton: {error.Message}".Split('\n')) TerminalText.WriteErrorLine(line);
            return 1;
        }
    }
}

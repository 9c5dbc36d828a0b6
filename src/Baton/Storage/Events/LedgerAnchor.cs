using System.Text;

namespace Baton.Storage.Events;

/// <summary>
/// The head of the ledger once more, in a small file beside the database. A damaged write-ahead log or an older copy is
/// a database that is whole in itself and lacks what was acknowledged last: only something outside it can tell.
/// </summary>
/// <remarks>
/// It is written after the commit and before anybody is told of it, without a sync of its own: after a power cut it may
/// be behind, which proves less, never ahead. Used by the writer thread.
/// </remarks>
internal sealed class LedgerAnchor(string database) : IDisposable
{
    /// <summary>Every line has this length, so that one write replaces the one before it.</summary>
    private const int LineLength = 128;

    private readonly byte[] _line = new byte[LineLength];
    private FileStream? _file;

    public static string PathOf(string database) => database + ".anchor";

    /// <summary>What was written last; null when there is nothing, or nothing that can be read.</summary>
    public static LedgerHead? Read(string database)
    {
        var path = PathOf(database);
        if (!File.Exists(path)) return null;
        using var file = new StreamReader(path, Encoding.ASCII, false, new FileStreamOptions
        {
            Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete,
        });
        return LedgerHead.Parse((file.ReadLine() ?? "").TrimEnd());
    }

    /// <summary>
    /// Replaces what is there. A disk that refuses leaves the old line: it proves less, and nothing is lost.
    /// </summary>
    public void Write(LedgerHead head)
    {
        _line.AsSpan().Fill((byte)' ');
        Encoding.ASCII.GetBytes(head.ToString(), _line);
        _line[^1] = (byte)'\n';
        try
        {
            _file ??= Open(PathOf(database));
            RandomAccess.Write(_file.SafeFileHandle, _line, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    public void Dispose() => _file?.Dispose();

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}

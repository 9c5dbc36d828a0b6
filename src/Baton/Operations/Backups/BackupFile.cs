using System.Globalization;
using Baton.Storage.Backups;

namespace Baton.Operations.Backups;

/// <summary>A backup in its folder.</summary>
internal sealed record BackupFile(string Path, DateTimeOffset At, long Bytes)
{
    private const string Start = "baton-", End = ".bak", Form = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>What a backup of a moment is called.</summary>
    public static string NameOf(DateTimeOffset at) =>
        Start + at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture) + End;

    /// <summary>All of a folder, newest first; what has another name is left alone.</summary>
    public static List<BackupFile> In(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. from path in Directory.GetFiles(folder, Start + "*" + End)
           let name = System.IO.Path.GetFileName(path)
           let stamp = name[Start.Length..^End.Length]
           where DateTimeOffset.TryParseExact(stamp, Form, CultureInfo.InvariantCulture,
               DateTimeStyles.AssumeUniversal, out _)
           let at = DateTimeOffset.ParseExact(stamp, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
           orderby at descending
           select new BackupFile(path, at, new FileInfo(path).Length),
    ];

    /// <summary>Those that may go: the newest of each of the last days, weeks and months stays.</summary>
    public static List<BackupFile> Superfluous(IReadOnlyList<BackupFile> newestFirst, BackupOptions keep)
    {
        var kept = newestFirst.Take(1).ToHashSet();
        foreach (var (count, of) in ((int, Func<BackupFile, string>)[])
            [
                (keep.KeepDays, f => f.At.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
                (keep.KeepWeeks, f => $"{ISOWeek.GetYear(f.At.UtcDateTime)}-{ISOWeek.GetWeekOfYear(f.At.UtcDateTime)}"),
                (keep.KeepMonths, f => f.At.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture)),
            ])
            kept.UnionWith(newestFirst.GroupBy(of).Take(count).Select(g => g.First()));
        return [.. newestFirst.Where(f => !kept.Contains(f))];
    }

    /// <summary>The key of a file of keys.</summary>
    /// <exception cref="BackupException">It is missing, or no key.</exception>
    public static byte[] Key(string file)
    {
        if (!File.Exists(file)) throw new BackupException($"{file}: no such file; `baton backup new-key {file}` makes one");
        var key = new byte[BackupForm.KeyBytes];
        return Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var written) && written == key.Length
            ? key : throw new BackupException($"{file}: is not {BackupForm.KeyBytes} bytes in base64");
    }
}

/// <summary>No backup was made, or none can be read; the message says what to do.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

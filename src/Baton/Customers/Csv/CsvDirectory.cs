using System.Globalization;
using System.Text;

namespace Baton.Customers.Csv;

/// <summary>Customers of a CSV file, which is read again when it has changed.</summary>
internal sealed class CsvDirectory(CustomersOptions options) : ICustomerDirectory
{
    private const long LargestFile = 256 * 1024 * 1024;

    private readonly Lock _gate = new();
    private (DateTime Written, long Length, Dictionary<string, CustomerRecord> Customers)? _read;

    public ValueTask<CustomerRecord?> FindAsync(CustomerQuery query, CancellationToken cancellationToken)
    {
        var customers = Customers();
        string?[] names = [query.Email, query.Id];
        return new(names.OfType<string>().Select(name => customers.GetValueOrDefault(name.Trim()))
            .FirstOrDefault(found => found is not null));
    }

    private Dictionary<string, CustomerRecord> Customers()
    {
        try
        {
            lock (_gate)
            {
                var file = new FileInfo(options.File);
                if (!file.Exists) throw new CustomerDirectoryException($"there is no file {options.File}", false);
                if (file.Length > LargestFile)
                    throw new CustomerDirectoryException(
                        $"{options.File} is larger than {LargestFile:N0} bytes", false);
                if (_read is { } read && read.Written == file.LastWriteTimeUtc && read.Length == file.Length)
                    return read.Customers;
                var customers = Read(CsvRows.Of(File.ReadAllText(file.FullName, Encoding.UTF8)));
                _read = (file.LastWriteTimeUtc, file.Length, customers);
                return customers;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CustomerDirectoryException($"{options.File} could not be read: {error.Message}", true, error);
        }
    }

    /// <summary>By id and by address, in any case.</summary>
    private Dictionary<string, CustomerRecord> Read(IEnumerable<IReadOnlyList<string>> rows)
    {
        var customers = new Dictionary<string, CustomerRecord>(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int>? columns = null;
        foreach (var row in rows)
        {
            if (columns is null)
            {
                columns = row.Index().DistinctBy(c => c.Item.Trim().ToLowerInvariant())
                    .ToDictionary(c => c.Item.Trim().ToLowerInvariant(), c => c.Index);
                if (!columns.ContainsKey("tier") || !(columns.ContainsKey("id") || columns.ContainsKey("email")))
                    throw new CustomerDirectoryException(
                        $"{options.File} has no columns 'tier' and 'id' or 'email' in its first line", false);
                continue;
            }
            string? Value(string name) => columns.TryGetValue(name.ToLowerInvariant(), out var at) && at < row.Count
                && row[at].Trim() is { Length: > 0 } value ? value : null;
            if ((Value("id") ?? Value("email")) is not { } id) continue;
            var account = options.AccountFields.Where(f => Value(f.Value) is not null)
                .ToDictionary(f => f.Key, f => Value(f.Value)!);
            var recent = int.TryParse(
                Value("recent_tickets"), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                ? n : (int?)null;
            var customer = new CustomerRecord(id, Value("tier") ?? "", recent, account);
            customers[id] = customer;
            if (Value("email") is { } email) customers[email] = customer;
        }
        return customers;
    }
}

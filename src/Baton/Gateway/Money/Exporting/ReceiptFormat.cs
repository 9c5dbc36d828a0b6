namespace Baton.Gateway.Money.Exporting;

/// <summary>How receipts are written for other programs.</summary>
internal enum ReceiptFormat
{
    /// <summary>An object a line.</summary>
    Jsonl,

    /// <summary>A head, and a line each (RFC 4180).</summary>
    Csv,

    /// <summary>Apache Parquet, a group of rows for each ten thousand.</summary>
    Parquet,
}

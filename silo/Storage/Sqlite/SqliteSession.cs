using Microsoft.Data.Sqlite;

namespace Agency.Silo.Storage.Sqlite;

/// <summary>One connection with its prepared commands, each made once. Not thread-safe. Parameters are ?1, ?2, … in order.</summary>
internal sealed class SqliteSession : IDisposable
{
    // Another program may hold the file's lock for a moment, a writer of this service never.
    private const int BusySeconds = 2;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <param name="file">A path or a <c>file:</c> URI.</param>
    /// <param name="mode">Whether it may be made and written.</param>
    public SqliteSession(string file, SqliteOpenMode mode)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds };
        _connection = new(settings.ConnectionString);
        _connection.Open();
    }

    /// <summary>Executes one statement, or several that give no rows (the driver hides what fails after one that does); answers how
    /// many rows were changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; the type's default if there is no row.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = Query(sql, values);
        return rows.Read() ? rows.GetFieldValue<T>(0) : default;
    }

    /// <summary>The rows, to be disposed before the same query is made again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteReader();

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}

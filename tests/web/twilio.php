<?php
// A stand-in for Twilio's library for PHP, which takes the calls that twilio_php.txt lists and no others. It notes
// what the library would send.

namespace Judge {
    function signatures(): array
    {
        static $known = [];
        if ($known) {
            return $known;
        }
        foreach (\file(__DIR__ . '/twilio_php.txt', FILE_IGNORE_NEW_LINES) as $line) {
            if ($line[0] === '#') {
                continue;
            }
            [$route, $call] = \explode(' = ', $line);
            [$method, $path] = \explode(' ', $route);
            \preg_match('/^(.*?) (create|update|fetch|delete|read|page)\b ?(.*)$/', $call, $parts);
            $parameters = \array_filter(\explode(' ', $parts[3]));
            $known["$parts[1] $parts[2]"] = [$method, $path, $parameters];
        }
        return $known;
    }

    // 'limit' of 'read' counts things; the library asks for pages of that size.
    const WIRE = ['limit' => 'PageSize', 'pageSize' => 'PageSize', 'pageToken' => 'PageToken', 'pageNumber' => 'Page'];

    function fits(string $type, mixed $value): bool
    {
        return match ($type) {
            'array' => \is_array($value),
            'int' => \is_int($value),
            'string' => \is_string($value),
            default => true,
        };
    }

    function wire(mixed $value): mixed
    {
        return \is_bool($value) ? ($value ? 'true' : 'false') : $value;
    }

    // The fields that a verb's arguments make: options by their own names, the others by their parameters'.
    function fields(string $call, array $parameters, array $arguments): array
    {
        $fields = [];
        if (\count($arguments) > \count($parameters)) {
            throw new \ArgumentCountError("$call takes " . \count($parameters) . ' arguments');
        }
        foreach ($parameters as $index => $parameter) {
            \preg_match('/^(\??)(?:(\w+):)?(\w+)$/', $parameter, $parts);
            [, $optional, $type, $name] = $parts;
            if (!\array_key_exists($index, $arguments)) {
                if (!$optional) {
                    throw new \ArgumentCountError("$call needs $name");
                }
                continue;
            }
            if (!fits($type, $arguments[$index])) {
                throw new \TypeError("$call: $name should be of type $type");
            }
            $given = $name === 'options' ? $arguments[$index] : [$name => $arguments[$index]];
            foreach ($given as $own => $value) {
                $fields[WIRE[$own] ?? \ucfirst($own)] = \is_array($value) ? \array_map(wire(...), $value) : wire($value);
            }
        }
        return $fields;
    }

    class Chain
    {
        public function __construct(private string $names = '', private array $sids = [])
        {
        }

        public function __get(string $name): Chain
        {
            return new Chain(\trim("$this->names $name"), $this->sids);
        }

        public function __call(string $name, array $arguments): mixed
        {
            $call = "$this->names $name";
            if (!isset(signatures()[$call])) {
                $name .= $arguments ? '(_)' : '()';
                return new Chain(\trim("$this->names $name"), [...$this->sids, ...$arguments]);
            }
            [$method, $path, $parameters] = signatures()[$call];
            $fields = fields($call, $parameters, $arguments);
            $headers = \array_intersect_key($fields, ['IfMatch' => true]);
            $fields = \array_diff_key($fields, $headers);
            $sids = $this->sids;
            $path = \preg_replace_callback('/\{\}/', function () use (&$sids) {
                return \rawurlencode(\array_shift($sids));
            }, $path);
            Record::$sent[] = [
                'method' => $method,
                'url' => "https://taskrouter.twilio.com/v1$path",
                'params' => $method === 'GET' ? $fields : [],
                'data' => $method === 'POST' ? $fields : [],
                'headers' => $headers ? ['If-Match' => $headers['IfMatch']] : [],
            ];
            return $method === 'GET' ? [] : true;
        }
    }
}

namespace Twilio\Rest {
    class Client
    {
        public object $taskrouter;

        public function __construct(string $username, string $password, ?string $accountSid = null)
        {
            $this->taskrouter = (object) ['v1' => new \Judge\Chain()];
        }
    }
}
